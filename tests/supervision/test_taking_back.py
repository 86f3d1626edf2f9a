"""An agreement marked as done by mistake, and work handed over by mistake."""

import pytest
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.cases.services import hand_over
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.supervision.selectors.notes import read_note
from caseflow.supervision.services import finish_agreement
from caseflow.supervision.services.giving_back import facts_of
from caseflow.undo.rules import TooLateError
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, task_for
from tests.directory.factories import signed_in
from tests.supervision.factories import agreed, noted, school_of
from tests.supervision.test_reassigning import REASON, at, chosen, handed
from tests.undo.factories import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def mate(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def lead(who: Actor) -> Actor:
    return lead_over(school_of(who))


def owner_of(case: Case) -> int:
    return Case.objects.get(pk=case.pk).owner_id


def test_an_agreement_waits_again_and_its_clock_runs_on(who: Actor, lead: Actor) -> None:
    note = noted(lead, who, share=True, agreements=(agreed(),))
    (row,) = read_note(who, note.pk).agreements
    done = finish_agreement(who, row.agreement.pk)
    with pytest.raises(TooLateError):
        undone(lead, "agreement_done", done.pk, at=done.done_at)
    assert undone(who, "agreement_done", done.pk, at=done.done_at) == reverse("supervision:notes")
    done.refresh_from_db()
    assert (done.done_at, done.done_by) == (None, None)
    assert Clock.objects.get(pk=done.clock_id).stopped_at is None
    page = signed_in(who).post(reverse("supervision:finish", args=[done.pk]), follow=True)
    assert "data-undo-offer" in page.content.decode()


def test_work_goes_back_with_its_tasks_and_everybody_is_told_again(who: Actor, mate: Actor, lead: Actor) -> None:
    case = case_of(who)
    task, alone = task_for(case, who), task_for(case_of(mate), mate, who)
    facts = facts_of(handed(lead, who, chosen(case, to=[mate], tasks=[alone])))
    assert facts is not None
    Alert.objects.all().delete()
    assert undone(lead, "work_handed_over", who.user.pk, **facts) == reverse("supervision:board")
    task.refresh_from_db()
    alone.refresh_from_db()
    assert (owner_of(case), task.owner_id, alone.owner_id) == (who.user.pk, who.user.pk, who.user.pk)
    assert case.entries.filter(code="owner_changed").count() == 2
    told = dict(Alert.objects.values_list("kind", "recipient"))
    assert told == {"work_received": who.user.pk, "work_handed_over": mate.user.pk}
    assert AuditEntry.objects.get(action="work_given_back").detail == {"to": who.user.pk, "number": 3}


def test_nothing_goes_back_once_a_part_went_on(who: Actor, mate: Actor, lead: Actor) -> None:
    cases = [case_of(who), case_of(who)]
    facts = facts_of(handed(lead, who, chosen(*cases, to=[mate])))
    assert facts is not None
    third = psychologist(who.membership.school)
    hand_over(cases[1], third.membership, by=lead.user, role=lead.role)
    with pytest.raises(TooLateError):
        undone(lead, "work_handed_over", who.user.pk, **facts)
    assert [owner_of(case) for case in cases] == [mate.user.pk, third.user.pk]
    with pytest.raises(TooLateError):
        undone(mate, "work_handed_over", who.user.pk, **facts)


def test_it_is_not_offered_where_it_cannot_simply_go_back(who: Actor, mate: Actor, lead: Actor) -> None:
    plan = handed(lead, who, chosen(case_of(who), to=[mate]))
    (move,) = plan.going
    Membership.objects.filter(pk=move.to.pk).update(role=Role.LEAD_PSYCHOLOGIST)
    move.to.refresh_from_db()
    assert facts_of(plan) is None


def test_the_page_offers_it_to_the_lead(who: Actor, mate: Actor, lead: Actor) -> None:
    case, browser = case_of(who), signed_in(lead)
    address = reverse("supervision:work", args=at(who))
    sent = {"case": [str(case.pk)], "to": [mate.membership.pk], "reason": REASON}
    seen = browser.post(address, sent).context["plan"].digest
    page = browser.post(address, sent | {"seen": seen}, follow=True).content.decode()
    assert "Handed over: 1." in page
    assert "data-undo-offer" in page
