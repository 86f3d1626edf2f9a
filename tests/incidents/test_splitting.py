"""A merged report is told apart again, and nothing that was done is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident, Merge
from caseflow.incidents.rules.duties import DUTIES
from caseflow.incidents.services import (
    BadReportError,
    PartySaid,
    give_legal_assessment,
    inform_police,
    merge_reports,
    split_report,
)
from caseflow.triage.services import decide
from tests.access.asking import undone
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.factories import harmed, officer_for, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
WHY = "В понедельник и в среду"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


@pytest.fixture
def pair(school: School) -> tuple[Pupil, Pupil]:
    return pupil_at(school), pupil_at(school)


def fresh(incident: Incident) -> Incident:
    return Incident.objects.select_related("triage_item__psych_clock", "triage_item__legal_clock", "police_clock").get(
        pk=incident.pk
    )


def all_of(incident: Incident) -> dict[str, Any]:
    """Everything of a report that a merge may touch."""
    row = fresh(incident)
    clocks = [row.triage_item.psych_clock, row.triage_item.legal_clock, row.police_clock]
    clocks += [getattr(row, name) for name in DUTIES]
    return {
        "merged_into": row.merged_into_id,
        "violence": row.violence,
        "informed": row.police_informed_at,
        "item": (row.triage_item.state, row.triage_item.decided_at, row.triage_item.second_person),
        "due_at": row.triage_item.due_at,
        "clocks": [(clock.pk, clock.due_at, clock.stopped_at) if clock else None for clock in clocks],
        "parties": sorted((str(p.pupil_id), p.employee_id or 0, p.role) for p in row.parties.all()),
    }


def test_within_ten_minutes_whoever_merged_takes_it_back_without_a_reason(
    school: School, psychologist: Actor, teacher: Actor
) -> None:
    goes_on, merged = reported(teacher), reported(teacher)
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    merge_reports(psychologist, merged.pk, goes_on.pk)
    with pytest.raises(BadReportError, match="two events"):
        split_report(colleague, merged.pk)
    Merge.objects.update(at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(BadReportError, match="two events"):
        split_report(psychologist, merged.pk, reason=" нет ")

    split_report(colleague, merged.pk, reason=WHY)

    merge = Merge.objects.get()
    assert (merge.split_by, WHY.encode() in bytes(merge.reason_sealed)) == (colleague.user, False)
    with pytest.raises(BadReportError, match="not merged"):
        split_report(psychologist, merged.pk)


def test_what_was_decided_before_the_merge_stays_decided_after_the_split(psychologist: Actor, teacher: Actor) -> None:
    goes_on, merged = reported(teacher), reported(teacher)
    decide(psychologist, item_id=merged.triage_item_id, decision="dismiss", reason_code="not_confirmed", reason=WHY)
    before = all_of(merged)

    merge_reports(psychologist, merged.pk, goes_on.pk)
    split_report(psychologist, merged.pk)

    assert all_of(merged) == before


def test_the_hour_at_which_the_police_was_told_stays_with_the_report_it_was_told_of(
    psychologist: Actor, teacher: Actor
) -> None:
    goes_on, merged = (reported(teacher, category=Category.DOMESTIC_VIOLENCE) for _ in range(2))
    inform_police(psychologist, goes_on.pk, timezone.now())
    before = all_of(goes_on)

    merge_reports(psychologist, merged.pk, goes_on.pk)
    assert all_of(goes_on)["informed"] == before["informed"]
    split_report(psychologist, merged.pk)

    assert (all_of(goes_on), all_of(merged)["informed"]) == (before, None)


def test_after_a_split_what_was_done_meanwhile_stays_with_the_report_it_was_done_for(
    school: School, psychologist: Actor, teacher: Actor
) -> None:
    goes_on = reported(teacher, harmed(pupil_at(school)), category=Category.CONFLICT)
    merged = reported(teacher, category=Category.DOMESTIC_VIOLENCE)
    urgent = fresh(merged).triage_item.psych_clock
    merge_reports(psychologist, merged.pk, goes_on.pk)
    decide(psychologist, item_id=goes_on.triage_item_id, decision="open_case")
    give_legal_assessment(officer_for(school), goes_on.pk, conclusion="prevention", text="Состава нет")

    split_report(psychologist, merged.pk)

    one, other = fresh(goes_on), fresh(merged)
    assert (other.triage_item.state, other.triage_item.psych_clock) == ("new", urgent)
    assert other.triage_item.psych_clock.stopped_at is None
    assert other.police_clock
    assert other.police_clock.stopped_at is None
    assert one.triage_item.psych_clock.stopped_at == one.triage_item.decided_at
    assert one.triage_item.legal_clock
    assert one.triage_item.legal_clock.stopped_at
    assert other.triage_item.legal_clock
    assert other.triage_item.legal_clock.stopped_at is None


UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)  # an example takes a second
CATEGORIES = st.sampled_from(Category)
NAMED = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(PartyRole)), max_size=3, unique_by=lambda one: one[0])


@given(categories=st.tuples(CATEGORIES, CATEGORIES), named=st.tuples(NAMED, NAMED), informed=st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
def test_a_merge_and_a_split_leave_everything_as_it_was(
    categories: tuple[Category, Category], named: tuple[list[Any], list[Any]], informed: bool
) -> None:
    with undone():
        school = SchoolFactory.create()
        who, teacher = actor(Role.PSYCHOLOGIST, school=school), teacher_at(school)
        pupils = [pupil_at(school) for _ in range(3)]
        goes_on, merged = (
            reported(teacher, *(PartySaid(role, pupils[index].pk) for index, role in people), category=category)
            for people, category in zip(named, categories, strict=True)
        )
        if informed:
            inform_police(who, merged.pk, timezone.now())
        before = [all_of(goes_on), all_of(merged)]
        roles = {party.pk: PartyRole.HELPER for party in merged.parties.all()}

        merge_reports(who, merged.pk, goes_on.pk, roles=roles)

        running = Clock.objects.filter(stopped_at=None)
        assert all_of(goes_on)["due_at"] == min(one["due_at"] for one in before)
        assert {clock.pk for clock in running} <= {clock[0] for clock in all_of(goes_on)["clocks"] if clock}
        split_report(who, merged.pk)
        assert [all_of(goes_on), all_of(merged)] == before
