"""The deadline of an assessment is paused and extended by who decides; a missed one stands in the case's chronology."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from caseflow.cases.models import ChronologyEntry
from caseflow.cases.selectors.chronology import chronology
from caseflow.cases.selectors.pages import case_file
from caseflow.clocks.matters import may_know
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.changing import clock_file
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import CannotChangeError, extend_clock, pause_clock, sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from caseflow.triage.services.item_clocks import enter_step
from tests.directory.factories import SchoolFactory, actor
from tests.triage.factories import item_at, make_parent, pupil_at, signal_at

pytestmark = pytest.mark.django_db
WHY = "Ученик в санатории до понедельника"
DAY = timedelta(days=1)


@pytest.fixture
def who(db: None) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())


def of(who: Actor, **facts: Any) -> TriageItem:
    assert who.membership.school
    return item_at(who.membership.school, **facts)


def signal(who: Actor) -> TriageItem:
    assert who.membership.school
    return signal_at(who.membership.school)


def queued_at(item: TriageItem) -> object:
    return TriageItem.objects.get(pk=item.pk).due_at


def test_the_place_in_the_queue_follows_the_clock(who: Actor) -> None:
    item = signal(who)

    clock = extend_clock(who, item.psych_clock_id, amount=1, reason=WHY)
    assert clock.due_at > item.due_at
    assert queued_at(item) == clock.due_at
    clock = pause_clock(who, item.psych_clock_id, through=timezone.localdate() + 2 * DAY, reason=WHY)
    assert queued_at(item) == clock.due_at


def test_a_report_stays_in_the_queue_where_its_other_clock_ends_first(who: Actor) -> None:
    item = of(who, psych_code="psych_assessment_low")

    clock = pause_clock(who, item.psych_clock_id, through=timezone.localdate() + 13 * DAY, reason=WHY)

    assert item.legal_clock
    assert item.legal_clock.due_at < clock.due_at
    assert queued_at(item) == item.legal_clock.due_at


@pytest.mark.parametrize("code", ["psych_assessment_acute", "psych_assessment_high"])
def test_what_cannot_wait_does_not_wait(who: Actor, code: str) -> None:
    item = of(who, psych_code=code)

    with pytest.raises(CannotChangeError, match="cannot be paused"):
        pause_clock(who, item.psych_clock_id, through=timezone.localdate(), reason=WHY)
    with pytest.raises(CannotChangeError, match="cannot be extended"):
        extend_clock(who, item.psych_clock_id, amount=1, reason=WHY)


def test_nobody_changes_the_clock_of_a_cry_for_help(who: Actor) -> None:
    item = of(who, second_person=True)

    assert not clock_file(who, item.psych_clock_id).matter.may_change
    with pytest.raises(Clock.DoesNotExist):
        extend_clock(who, item.psych_clock_id, amount=1, reason=WHY)


def test_the_clock_of_an_item_that_is_decided_or_not_theirs_is_not_there(who: Actor) -> None:
    item, other = of(who), of(who)
    decide(who, item_id=item.pk, decision="open_case")
    stranger = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())

    for asks, clock in ((who, item.psych_clock_id), (who, item.legal_clock_id), (stranger, other.psych_clock_id)):
        assert clock
        with pytest.raises(Clock.DoesNotExist):
            clock_file(asks, clock)


def test_the_page_of_a_clock_names_no_pupil(who: Actor) -> None:
    assert clock_file(who, of(who).psych_clock_id).matter.title == "A report that waits for a decision"
    assert "found by the system" in clock_file(who, signal(who).psych_clock_id).matter.title


def test_a_missed_legal_assessment_stands_in_the_chronology_at_each_step(who: Actor) -> None:
    item = of(who)
    actor(Role.LEAD_PSYCHOLOGIST, region=item.school.district.region)
    decide(who, item_id=item.pk, decision="open_case")
    item.refresh_from_db()
    assert item.legal_clock
    assert item.case

    for rise in ladder_of(item.legal_clock):
        sweep(rise.due_at + timedelta(minutes=1))

    file = case_file(who, item.case.pk)
    titles = [line.title for line in chronology(file.case, who, file.sources).lines if "missed" in line.title]
    assert sorted(titles) == [
        "A deadline was missed, and nobody was there to be told: legal assessment",
        "A deadline was missed: legal assessment. Told: lead psychologist of the region",
        "A deadline was missed: legal assessment. Told: psychologist of the school",
    ]


def test_without_a_case_a_missed_clock_is_written_down_nowhere_but_in_its_proof(who: Actor) -> None:
    item = signal(who)

    sweep(item.psych_clock.due_at + DAY)
    enter_step(item, "signal_review", 1, [])

    assert item.psych_clock.escalations.exists()
    assert not ChronologyEntry.objects.exists()


def test_what_is_about_the_own_child_is_kept_from_a_parent_on_the_staff(who: Actor) -> None:
    assert who.membership.school
    pupil = pupil_at(who.membership.school)
    item = of(who, pupil=pupil)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=item.school.district)
    assert may_know(lead, item.psych_clock)

    make_parent(lead, pupil)

    assert not may_know(lead, item.psych_clock)
