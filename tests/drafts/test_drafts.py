"""What somebody is writing is kept for them alone, until it is saved, discarded or old."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import add_note, close_case, reopen_case
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.rules import KEPT_FOR, LONGEST_DRAFT
from caseflow.drafts.selectors import own_draft, own_drafts, versions
from caseflow.drafts.services import (
    DraftDiffers,
    DraftTooLong,
    Written,
    discard_draft,
    discard_seen_draft,
    save_draft,
    save_with_draft,
)
from caseflow.drafts.tasks import erase_drafts
from tests.cases.factories import case_of, class_teacher_of, note_in, psychologist, task_for
from tests.drafts.factories import kept_note, note_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def text_of(who: Actor, case: Case) -> str | None:
    kept = own_draft(who, note_key(case))
    return kept.text if kept else None


def test_what_is_written_on_one_device_is_there_on_the_next(who: Actor, case: Case) -> None:
    first = kept_note(who, case, "Плохо")
    assert text_of(who, case) == "Плохо"
    second = kept_note(who, case, "Плохо спит", first.revision)
    assert text_of(who, case) == "Плохо спит"
    assert second.revision != first.revision


def test_nobody_else_ever_reads_it(who: Actor, case: Case) -> None:
    kept_note(who, case, "Плохо спит")
    colleague = psychologist(case.school)
    assert text_of(colleague, case) is None
    assert own_drafts(colleague) == []
    assert kept_note(colleague, case, "Другое").text == "Другое"
    assert text_of(who, case) == "Плохо спит"


def test_it_is_sealed_and_leaves_no_word_in_the_log(who: Actor, case: Case) -> None:
    before = AuditEntry.objects.count()
    kept_note(who, case, "Плохо спит")
    assert AuditEntry.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields_sealed FROM drafts_draft")
        (sealed,) = cursor.fetchone()
    assert "Плохо".encode() not in bytes(sealed)


def test_a_device_that_has_not_seen_the_newest_version_replaces_nothing(who: Actor, case: Case) -> None:
    first = kept_note(who, case, "Плохо")
    second = kept_note(who, case, "Плохо спит", first.revision)
    for seen in (None, first.revision, uuid4()):
        with pytest.raises(DraftDiffers) as stale:
            kept_note(who, case, "Хорошо спит", seen)
        assert stale.value.versions.kept == second
    assert text_of(who, case) == "Плохо спит"
    assert kept_note(who, case, "Плохо спит").text == "Плохо спит", "the same words are no second version"


def test_both_versions_are_shown_with_what_differs_and_what_both_say(who: Actor, case: Case) -> None:
    key = note_key(case)
    assert versions(who, key, {"text": "x"}) is None
    save_draft(who, Written(key, {"text": "Спит плохо", "visibility": "team"}, None))
    found = versions(who, key, {"text": "Ест плохо", "visibility": "shared_plan"})
    assert found is not None
    assert [piece.text for piece in found.mine if piece.differs] == ["Ест"]
    assert [piece.text for piece in found.theirs if piece.differs] == ["Спит"]
    assert [(str(one.label), str(one.mine), str(one.theirs)) for one in found.others] == [
        ("Who can read it", "shared plan: the parents read it too", "psychologists of the school")
    ]
    assert found.together == {"text": "Ест плохо\nСпит плохо", "visibility": "shared_plan"}


def save_note(who: Actor, case: Case, written: Written) -> None:
    save_with_draft(
        who, written, lambda: add_note(who, case.pk, text=written.fields["text"], visibility=Visibility.TEAM)
    )


def test_the_draft_goes_with_the_entry_that_was_made_of_it(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо")
    save_note(who, case, Written(note_key(case), {"text": "Плохо спит"}, kept.revision))
    assert text_of(who, case) is None


def test_an_entry_that_was_refused_leaves_the_draft(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, " ")
    with pytest.raises(CaseRefused):
        save_note(who, case, Written(note_key(case), {"text": " "}, kept.revision))
    assert text_of(who, case) == " "


def test_an_entry_is_not_saved_past_a_version_that_its_device_has_not_seen(who: Actor, case: Case) -> None:
    first = kept_note(who, case, "Плохо")
    kept_note(who, case, "Плохо спит", first.revision)
    with pytest.raises(DraftDiffers):
        save_note(who, case, Written(note_key(case), {"text": "Хорошо"}, first.revision))
    assert not case.entries.filter(kind="note").exists()
    assert text_of(who, case) == "Плохо спит"
    save_note(who, case, Written(note_key(case), {"text": "Плохо спит "}, None))
    assert text_of(who, case) is None, "the same words are no second version"


def test_a_draft_is_discarded_as_it_was_seen(who: Actor, case: Case) -> None:
    key = note_key(case)
    first = kept_note(who, case, "Плохо")
    second = kept_note(who, case, "Плохо спит", first.revision)
    with pytest.raises(DraftDiffers):
        discard_draft(who, key, seen=first.revision)
    assert not discard_seen_draft(who, key, "nonsense")
    assert not discard_seen_draft(who, key, "")
    assert discard_seen_draft(who, key, str(second.revision))
    assert text_of(who, case) is None
    discard_draft(who, key, seen=None)


def test_a_draft_longer_than_its_form_is_refused(who: Actor, case: Case) -> None:
    with pytest.raises(DraftTooLong):
        kept_note(who, case, "а" * (LONGEST_DRAFT + 1))


def test_closing_the_case_removes_everybodys_drafts_about_it(who: Actor, case: Case) -> None:
    kept_note(who, case, "Плохо")
    kept_note(psychologist(case.school), case, "Хорошо")
    other = case_of(who)
    kept_note(who, other, "Иначе")
    close_case(who, case.pk, reason="Всё спокойно")
    assert [draft.key for draft in Draft.objects.all()] == [note_key(other)]
    with pytest.raises(ObjectDoesNotExist):
        kept_note(who, case, "Ещё")
    key = f"reopen-{case.pk}"
    save_draft(who, Written(key, {"reason": "Новый"}, None))
    reopen_case(who, case.pk, reason="Новый сигнал")
    with pytest.raises(ObjectDoesNotExist):
        own_draft(who, key)


def test_old_drafts_are_erased(who: Actor, case: Case) -> None:
    kept_note(who, case, "Плохо")
    Draft.objects.update(updated_at=timezone.now() - KEPT_FOR + timedelta(minutes=1))
    assert erase_drafts() == 0
    Draft.objects.update(updated_at=timezone.now() - KEPT_FOR)
    assert erase_drafts() == 1
    assert text_of(who, case) is None


def test_every_form_of_a_case_has_its_draft(who: Actor, case: Case) -> None:
    note, task = note_in(case, who, "Две ночи"), task_for(case, who)
    fields = {"note": "text", "risk": "basis", "task": "title", "close": "reason"}
    keys = {f"{prefix}-{case.pk}": field for prefix, field in fields.items()}
    keys |= {f"correction-{note.pk}": "text", f"outcome-{task.pk}": "outcome"}
    for key, field in keys.items():
        assert save_draft(who, Written(key, {field: "Так"}, None)).text == "Так"
    assert {kept.key for kept in own_drafts(who)} == set(keys)


def test_a_class_teacher_drafts_the_outcome_of_a_task_and_nothing_of_the_case(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher)
    key = f"outcome-{task.pk}"
    assert save_draft(teacher, Written(key, {"outcome": "Держится с подругой"}, None)).text == "Держится с подругой"
    with pytest.raises(ObjectDoesNotExist):
        kept_note(teacher, case, "Чужое")
    Task.objects.filter(pk=task.pk).update(owner=who.user, owner_role=who.role)
    assert own_drafts(teacher) == [], "what is out of reach now is not listed"


@pytest.mark.parametrize(
    "key", ["note-", "note-x", "unknown-{}", "correction-{}", "outcome-{}", "reopen-{}", "note-{}"]
)
def test_no_draft_leads_where_its_author_may_not_write(who: Actor, key: str) -> None:
    strange = case_of(psychologist())
    key = key.format(strange.pk)
    for act in (lambda: own_draft(who, key), lambda: save_draft(who, Written(key, {}, None))):
        with pytest.raises(ObjectDoesNotExist):
            act()


def test_nobody_drafts_the_correction_of_somebody_elses_note(who: Actor, case: Case) -> None:
    note = note_in(case, psychologist(case.school), "Две ночи", Visibility.TEAM)
    with pytest.raises(ObjectDoesNotExist):
        own_draft(who, f"correction-{note.pk}")
