"""A missed step climbs, and the case keeps who was told."""

from datetime import timedelta

import pytest

from caseflow.cases.services.reading import open_case_page
from caseflow.clocks.matters import may_know
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.services import do_step
from caseflow.protocols.services.step_clocks import (
    chronicle_step,
    looks_at_steps,
    matter_of_step,
    remind_of_step,
    targets_of_step,
)
from notifications.models import Alert
from tests.cases.factories import lead_over, psychologist
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor
from tests.protocols.factories import flow_of, grave_case, step_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def flow(who: Actor, colleague: Actor) -> Flow:
    """A flow whose second person is a colleague."""
    flow = flow_of(grave_case(who))
    Alert.objects.all().delete()
    return flow


@pytest.fixture
def first(flow: Flow) -> FlowStep:
    return step_of(flow, "not_alone")


def test_who_has_it_is_reminded_by_name(who: Actor, flow: Flow, first: FlowStep) -> None:
    remind_of_step([first.clock_id, step_of(flow, "second_knows").clock_id, step_of(flow, "assessed").clock_id])
    assert set(Alert.objects.values_list("kind", "recipient")) == {
        ("deadline_near", who.user.pk),
        ("deadline_near", flow.second_id),
    }


def test_an_urgent_step_tells_the_lead_at_once_and_the_region_after_an_hour(
    who: Actor, colleague: Actor, flow: Flow, first: FlowStep
) -> None:
    do_step(colleague, step_of(flow, "second_knows").pk, proof="Знаю")
    lead = lead_over(flow.case.school)
    region = actor(Role.LEAD_PSYCHOLOGIST, region=flow.case.school.district.region)
    told = []
    for rise in ladder_of(first.clock):
        sweep(rise.due_at + MINUTE)
        missed = Alert.objects.filter(kind="deadline_missed")
        told.append(set(missed.values_list("recipient", flat=True)))
        Alert.objects.all().delete()
    assert told == [{who.user.pk, lead.user.pk}, {region.user.pk}]
    titles = [line.title for line in open_case_page(who, flow.case_id).chronology.lines]
    assert "A step was missed: The pupil is not left alone. Told: lead psychologist of the region" in titles


def test_a_step_that_reaches_nobody_stands_there_too(who: Actor, first: FlowStep) -> None:
    chronicle_step(first.clock_id, 1, [])
    title = open_case_page(who, first.flow.case_id).chronology.lines[0].title
    assert title == "A step was missed, and nobody was there to be told: The pupil is not left alone"


def test_a_settled_step_tells_nobody(who: Actor, first: FlowStep) -> None:
    do_step(who, first.pk, proof="Мама рядом")
    assert targets_of_step(first.clock_id, frozenset({"owner"})) == []


def test_the_step_is_shown_to_whoever_may_open_the_case(who: Actor, first: FlowStep) -> None:
    matter = matter_of_step(who, first.clock_id)
    assert matter is not None
    assert (matter.title, matter.may_change) == (f"A step in case no. {first.case.number}", False)
    stranger = lead_over(first.case.school)
    assert matter_of_step(stranger, first.clock_id) is None
    assert looks_at_steps(who, [first.clock_id])[first.clock_id].url == matter.url
    unseen = looks_at_steps(stranger, [first.clock_id])[first.clock_id]
    assert (unseen.who, unseen.url) == (who.user.short_name, "")


def test_a_step_of_nobody_is_shown_without_a_name() -> None:
    alone = psychologist()
    step = step_of(flow_of(grave_case(alone)), "second_knows")
    assert looks_at_steps(alone, [step.clock_id])[step.clock_id].who == ""


def test_a_parent_on_the_staff_never_sees_the_clock(who: Actor, first: FlowStep) -> None:
    assert may_know(who, first.clock)
    GuardianshipFactory.create(pupil=first.case.pupil, guardian=GuardianFactory.create(user=who.user))
    assert not may_know(who, first.clock)
