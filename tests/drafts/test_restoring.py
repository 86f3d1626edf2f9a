"""A draft thrown away by mistake comes back for a few seconds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.services import close_case, set_risk
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.selectors import own_draft, own_drafts
from caseflow.drafts.services import discard_seen_draft
from caseflow.drafts.tasks import erase_drafts
from caseflow.undo.rules import UNDO_WITHIN, TooLateError
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.drafts.factories import kept_note, note_key
from tests.undo.factories import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def thrown(who: Actor, case: Case, text: str = "Начала писать") -> str:
    kept = kept_note(who, case, text)
    assert discard_seen_draft(who, note_key(case), str(kept.revision)) == kept.revision
    return str(kept.revision)


def test_it_is_gone_from_everywhere_and_comes_back_as_it_was(who: Actor, case: Case) -> None:
    revision = thrown(who, case)
    assert (own_draft(who, note_key(case)), own_drafts(who)) == (None, [])
    page = undone(who, "draft_discarded", note_key(case), revision=revision)
    assert page == reverse("cases:detail", args=[case.pk])
    kept = own_draft(who, note_key(case))
    assert kept is not None
    assert (kept.text, str(kept.revision)) == ("Начала писать", revision)


def test_a_new_text_stays_and_the_old_one_does_not_come_back_over_it(who: Actor, case: Case) -> None:
    revision = thrown(who, case)
    kept_note(who, case, "Новое")
    with pytest.raises(TooLateError):
        undone(who, "draft_discarded", note_key(case), revision=revision)
    assert [draft.text for draft in own_drafts(who)] == ["Новое"]


def test_a_colleague_or_a_closed_case_brings_nothing_back(who: Actor, case: Case) -> None:
    revision = thrown(who, case)
    with pytest.raises(TooLateError):
        undone(psychologist(who.membership.school), "draft_discarded", note_key(case), revision=revision)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    close_case(who, case.pk, reason="Больше не нужно")
    with pytest.raises(TooLateError):
        undone(who, "draft_discarded", note_key(case), revision=revision)


def test_what_was_thrown_away_is_removed_by_the_next_and_by_the_sweeper(who: Actor, case: Case) -> None:
    thrown(who, case, "Раз")
    thrown(who, case, "Два")
    assert Draft.objects.count() == 1
    assert erase_drafts() == 0
    Draft.objects.update(discarded_at=timezone.now() - UNDO_WITHIN - timedelta(seconds=1))
    assert erase_drafts() == 1


def test_one_that_is_gone_already_counts_as_discarded(who: Actor, case: Case) -> None:
    seen = uuid4()
    assert discard_seen_draft(who, note_key(case), str(seen)) == seen
    assert discard_seen_draft(who, note_key(case), "") is not None


def test_the_page_offers_it(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Начала писать")
    address = reverse("drafts:discard", args=[note_key(case)])
    page = signed_in(who).post(address, {"draft_revision": str(kept.revision)}, follow=True).content.decode()
    assert "The draft is discarded." in page
    assert "data-undo-offer" in page
