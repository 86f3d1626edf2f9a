"""What is kept of the missed clocks of reports, and from whom they are kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.cases.models import ChronologyEntry
from caseflow.clocks.matters import may_know
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import enter_absence, sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident, Party
from caseflow.triage.services import decide
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.factories import harmed, reported, teacher_at
from tests.incidents.home_factories import order_on
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def incident(school: School, psychologist: Actor) -> Incident:
    return reported(teacher_at(school), harmed(pupil_at(school)), category=Category.DOMESTIC_VIOLENCE)


def police_clock() -> Clock:
    return Clock.objects.get(code="police_informed")


def test_each_step_of_the_missed_call_to_the_police_stands_in_the_chronology(
    psychologist: Actor, incident: Incident
) -> None:
    sweep(police_clock().due_at + timedelta(minutes=1))
    assert not ChronologyEntry.objects.exists()
    decide(psychologist, item_id=incident.triage_item_id, decision="open_case")

    sweep(ladder_of(police_clock())[-1].due_at + timedelta(minutes=1))

    entry = ChronologyEntry.objects.get(code__startswith="item_deadline_missed")
    assert (entry.code, entry.ref) == ("item_deadline_missed_alone", f"triage:{incident.triage_item_id}")
    assert entry.params == {"clock": "police_informed", "step": 2, "whom": []}


def test_the_clocks_of_a_report_and_of_its_order_are_kept_from_a_parent_on_the_staff(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    order = order_on(incident, psychologist)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    assert order.clock
    clocks = (police_clock(), incident.triage_item.psych_clock, order.clock)
    assert [may_know(lead, clock) for clock in clocks] == [True] * 3

    pupil = incident.triage_item.pupil
    assert pupil
    make_parent(lead, pupil)

    assert [may_know(lead, clock) for clock in clocks] == [False] * 3


def test_the_clocks_of_a_report_and_of_its_order_are_kept_from_a_party_to_it(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    order = order_on(incident, psychologist)
    lead, other = (actor(Role.LEAD_PSYCHOLOGIST, district=school.district) for _one in "ab")
    Party.objects.create(incident=incident, employee=lead.user, role=PartyRole.WITNESS)
    assert order.clock
    for clock in (police_clock(), incident.triage_item.psych_clock, order.clock):
        assert (may_know(lead, clock), may_know(other, clock)) == (False, True)


def test_a_colleague_who_stands_in_is_not_told_of_the_own_child(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    colleague, pupil, today = actor(Role.PSYCHOLOGIST, school=school), incident.triage_item.pupil, timezone.localdate()
    assert pupil
    make_parent(colleague, pupil)
    enter_absence(psychologist, stand_in_id=colleague.membership.pk, first_day=today, last_day=today)

    sweep(police_clock().due_at + timedelta(minutes=1))

    told = set(Alert.objects.filter(kind="deadline_missed").values_list("recipient", flat=True))
    assert psychologist.user.pk in told
    assert colleague.user.pk not in told
