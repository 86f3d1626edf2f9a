"""Items that are decided by an answer on the page of their room, and items whose time is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage.enums import Audience, ItemKind, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import (
    AlreadyDecidedError,
    BadDecisionError,
    ClaimedError,
    claim,
    conclude_item,
    decide,
    file_item,
    lapse_item,
    undo,
)
from caseflow.undo.rules import TooLateError
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.triage.factories import item_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def item(school: School, psychologist: Actor) -> TriageItem:
    return file_item(
        kind=ItemKind.DISTURBANCE,
        audience=Audience.SCHOOL,
        school=school,
        pupil=None,
        title_code="disturbance",
        facts={},
        words="",
        quality=1,
        quality_code="",
        ai_model="tirek-motion 1.0",
        psych_code="disturbance_review",
    )


def test_it_has_one_clock_until_an_answer_makes_a_report_of_it(item: TriageItem) -> None:
    assert item.legal_clock is None
    assert item.psych_clock.code == "disturbance_review"
    other = item_at(item.school)
    with pytest.raises(IntegrityError), transaction.atomic():
        TriageItem.objects.filter(pk=item.pk).update(legal_clock=other.legal_clock)


@pytest.mark.parametrize("decision", ["open_case", "link", "dismiss"])
def test_it_is_not_decided_in_the_queue(psychologist: Actor, item: TriageItem, decision: str) -> None:
    with pytest.raises(BadDecisionError, match="Look at it first"):
        decide(psychologist, item_id=item.pk, decision=decision, reason_code="not_confirmed", reason="ничего нет")


def test_the_first_answer_closes_it_and_it_is_not_taken_back(
    psychologist: Actor, item: TriageItem, school: School
) -> None:
    concluded = conclude_item(psychologist, item.pk)
    assert (concluded.state, concluded.decided_by) == (ItemState.ANSWERED, psychologist.user)
    assert concluded.psych_clock.stopped_at == concluded.decided_at
    assert AuditEntry.objects.filter(action="triage.decided", obj=f"triage:{item.pk}").count() == 1
    with pytest.raises(AlreadyDecidedError):
        conclude_item(actor(Role.PSYCHOLOGIST, school=school), item.pk)
    with pytest.raises(TooLateError):
        undo(psychologist, item.pk)
    assert not lapse_item(item.pk)


def test_it_waits_for_who_holds_it_and_is_nobodys_elsewhere(
    psychologist: Actor, item: TriageItem, school: School
) -> None:
    claim(actor(Role.PSYCHOLOGIST, school=school), item.pk)
    with pytest.raises(ClaimedError):
        conclude_item(psychologist, item.pk)
    TriageItem.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    for who, pk in ((actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()), item.pk), (psychologist, uuid4())):
        with pytest.raises(TriageItem.DoesNotExist):
            conclude_item(who, pk)
    assert conclude_item(psychologist, item.pk).state == ItemState.ANSWERED


def test_a_report_is_decided_in_the_queue_alone(psychologist: Actor, school: School) -> None:
    with pytest.raises(TriageItem.DoesNotExist):
        conclude_item(psychologist, item_at(school).pk)


def test_what_nobody_decided_lapses_by_itself(psychologist: Actor, item: TriageItem) -> None:
    assert lapse_item(item.pk)
    item.refresh_from_db()
    assert (item.state, item.decided_by) == (ItemState.LAPSED, None)
    assert not lapse_item(item.pk)
    assert AuditEntry.objects.filter(action="triage.lapsed").count() == 1
    page = signed_in(psychologist).get(reverse("triage:today"), {"item": str(item.pk)}).content.decode()
    assert "Its time is over and nobody has decided" in page


def test_the_queue_leads_to_where_it_is_answered(psychologist: Actor, item: TriageItem) -> None:
    page = signed_in(psychologist).get(reverse("triage:today"), {"kind": "disturbance"}).content.decode()
    assert "Look and answer" in page
    assert "Open a case" not in page
    assert "Pupil not named" not in page
    assert "tirek-motion 1.0" in page
