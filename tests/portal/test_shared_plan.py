"""What a psychologist shares with the family, and who of the family reads it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.happening import FieldRefused
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.services import add_note, correct_note
from caseflow.cases.services.chronology import write_entry
from caseflow.consent.services import approve_exclusion, exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.portal.services import export, open_shared_plan
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianshipFactory, PupilFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db
SHARED = "Вечером десять минут разговора"


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who, pupil_of(who))


@pytest.fixture
def parent(case: Case) -> Actor:
    return parent_of(case.pupil)


def share(who: Actor, case: Case, text: str = SHARED, **more: Any) -> ChronologyEntry:
    return add_note(who, case.pk, text=text, visibility=Visibility.SHARED_PLAN, confirmed=True, **more)


def texts(who: Actor, pupil: Pupil) -> list[tuple[str, bool]]:
    return [(note.text, note.struck) for note in open_shared_plan(who, pupil.pk)]


def told_of(case: Case) -> list[int]:
    return list(Alert.objects.filter(kind="plan_shared").order_by("pk").values_list("recipient", flat=True))


def test_the_family_is_told_of_what_is_shared_and_nobody_of_the_rest(who: Actor, case: Case, parent: Actor) -> None:
    add_note(who, case.pk, text="Для школы", visibility=Visibility.TEAM)
    assert told_of(case) == []
    note = share(who, case)
    assert told_of(case) == [parent.user.pk]
    alert = Alert.objects.get(kind="plan_shared")
    assert (alert.params, alert.url) == ({}, f"/my/?child={case.pupil_id}")
    assert signed_in(parent).get(alert.url).status_code == 200
    correct_note(who, case.pk, note.pk, text="Двадцать минут")
    assert told_of(case) == [parent.user.pk] * 2
    private = add_note(who, case.pk, text="Моё", visibility=Visibility.ME_AND_LEAD)
    correct_note(who, case.pk, private.pk, text="Моё же")
    assert len(told_of(case)) == 2


def test_nobody_is_told_where_there_is_no_portal(
    who: Actor, case: Case, parent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseflow.cases.services.telling.PORTAL_HOME", "nowhere:home")
    share(who, case)
    assert (told_of(case), texts(parent, case.pupil)) == ([], [(SHARED, False)])


def test_an_excluded_guardian_hears_nothing_and_a_grown_pupil_is_told_instead(
    who: Actor, case: Case, parent: Actor
) -> None:
    guardian = parent.membership.guardian_id
    assert guardian is not None
    exclusion = exclude_guardian(who, pupil_id=case.pupil_id, guardian_id=guardian, reason="Заявление")
    approve_exclusion(lead_over(case.school), exclusion.pk)
    share(who, case)
    assert told_of(case) == []
    Pupil.objects.filter(pk=case.pupil_id).update(birth_date=timezone.localdate() - timedelta(days=19 * 366))
    grown = actor(Role.PUPIL, pupil=case.pupil)
    share(who, case, "Теперь тебе")
    assert told_of(case) == [grown.user.pk]


def test_a_parent_reads_what_was_shared_and_no_other_note(who: Actor, case: Case, parent: Actor) -> None:
    share(who, case)
    add_note(who, case.pk, text="Для школы", visibility=Visibility.TEAM)
    add_note(who, case.pk, text="Для себя", visibility=Visibility.ME_AND_LEAD)
    assert texts(parent, case.pupil) == [(SHARED, False)]
    shown = signed_in(parent).get(reverse("portal:home")).content.decode()
    assert SHARED in shown
    assert "Для школы" not in shown
    assert "Для себя" not in shown


def test_a_note_is_not_shared_without_the_confirmation(who: Actor, case: Case) -> None:
    with pytest.raises(FieldRefused) as refused:
        add_note(who, case.pk, text=SHARED, visibility=Visibility.SHARED_PLAN)
    assert refused.value.field == "confirmed"
    address = reverse("cases:note", args=[case.pk])
    answer = signed_in(who).post(address, {"text": SHARED, "visibility": "shared_plan"})
    assert answer.status_code == 422
    assert "Confirm that the parents may read this note." in answer.content.decode()
    assert not case.entries.filter(kind="note").exists()
    sent = {"text": SHARED, "visibility": "shared_plan", "confirmed": "on"}
    assert signed_in(who).post(address, sent).status_code == 302


def test_a_correction_of_a_shared_note_is_shared_too_and_strikes_the_old_one(
    who: Actor, case: Case, parent: Actor
) -> None:
    old = share(who, case)
    correct_note(who, case.pk, old.pk, text="Вечером пять минут")
    assert texts(parent, case.pupil) == [("Вечером пять минут", False), (SHARED, True)]
    shown = signed_in(parent).get(reverse("portal:home")).content.decode()
    assert re.search(rf"<del[^>]*>{SHARED}</del>", shown)


def test_the_psychologist_sees_that_the_parents_read_it(who: Actor, case: Case) -> None:
    share(who, case)
    shown = signed_in(who).get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert "shared plan: the parents read it too" in shown


def test_nothing_but_a_note_can_be_shared(who: Actor, case: Case) -> None:
    with pytest.raises(DatabaseError):
        write_entry(
            case, kind=EntryKind.INCIDENT, code="x", author=who.user, text="Драка", visibility=Visibility.SHARED_PLAN
        )


def test_another_familys_plan_is_not_there(who: Actor, case: Case) -> None:
    share(who, case)
    with pytest.raises(Http404):
        open_shared_plan(parent_of(PupilFactory.create()), case.pupil_id)


def test_at_eighteen_the_plan_is_the_pupils(who: Actor, case: Case, parent: Actor) -> None:
    share(who, case)
    Pupil.objects.filter(pk=case.pupil_id).update(birth_date="2001-01-01")
    assert texts(actor(Role.PUPIL, pupil=case.pupil), case.pupil) == [(SHARED, False)]
    with pytest.raises(Http404):
        open_shared_plan(parent, case.pupil_id)


def test_an_excluded_guardian_loses_nothing_and_gets_nothing_new(who: Actor, case: Case, parent: Actor) -> None:
    """A line that vanished would reveal the exclusion (rule 10)."""
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    share(who, case)
    guardian_id = parent.membership.guardian_id
    assert guardian_id is not None
    proposal = exclude_guardian(who, pupil_id=case.pupil_id, guardian_id=guardian_id, reason="Suspected violence.")
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=case.school.district)
    approve_exclusion(lead, proposal.pk)
    share(who, case, "Новая договорённость с мамой")
    assert texts(parent, case.pupil) == [(SHARED, False)]
    assert [row["words"] for row in export(parent, case.pupil_id)["shared_plan"]] == [SHARED]
    assert len(texts(actor(Role.PARENT, guardian=mother), case.pupil)) == 2


def test_reading_the_plan_is_logged_by_the_ids_of_the_notes(who: Actor, case: Case, parent: Actor) -> None:
    open_shared_plan(parent, case.pupil_id)
    assert not AuditEntry.objects.filter(action="portal.plan_read").exists()
    note = share(who, case)
    open_shared_plan(parent, case.pupil_id)
    entry = AuditEntry.objects.get(action="portal.plan_read")
    assert (entry.actor, entry.pupil_id, entry.detail) == (parent.user, case.pupil_id, {"notes": [str(note.pk)]})


def test_the_api_offers_the_plan(who: Actor, case: Case, parent: Actor) -> None:
    share(who, case)
    (row,) = signed_in(parent).get(f"/api/v1/children/{case.pupil_id}/shared-plan/").json()
    assert (row["text"], row["by"], row["struck"]) == (SHARED, who.user.short_name, False)


def test_an_empty_plan_says_what_will_stand_there(parent: Actor) -> None:
    assert "What the psychologist agrees with you appears here" in (
        signed_in(parent).get(reverse("portal:home")).content.decode()
    )
