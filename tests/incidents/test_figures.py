"""Exact figures for the council, counted by the database."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import AssessmentKind, Category
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors import AssessmentTimes, Count, assessment_times, counts
from tests.directory.factories import DistrictFactory, SchoolFactory, actor
from tests.incidents.factories import reported, teacher_at

pytestmark = pytest.mark.django_db
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def teacher(school: School) -> Actor:
    actor(Role.PSYCHOLOGIST, school=school)
    return teacher_at(school)


def on(day: date, *incidents: Incident, at: time = time(12)) -> None:
    moment = datetime.combine(day, at, timezone.get_default_timezone())
    Incident.objects.filter(pk__in=[incident.pk for incident in incidents]).update(created_at=moment)


def test_events_are_counted_by_district_and_category_in_the_period(school: School, teacher: Actor) -> None:
    region = school.district.region
    near = SchoolFactory.create(district=DistrictFactory.create(region=region))
    there = teacher_at(near)
    on(MARCH[0], reported(teacher), reported(teacher), reported(there, category=Category.CONFLICT), at=time(0))
    on(MARCH[1], reported(teacher, category=Category.BULLYING), at=time(23, 59))
    on(MARCH[0] - timedelta(days=1), reported(teacher), at=time(23, 59))
    on(MARCH[1] + timedelta(days=1), reported(teacher), at=time(0))
    on(MARCH[0], reported(teacher_at(SchoolFactory.create())))
    assert counts(region, *MARCH) == [
        Count(school.district_id, Category.BULLYING, 1),
        Count(school.district_id, Category.VIOLENCE, 2),
        Count(near.district_id, Category.CONFLICT, 1),
    ]


def test_assessments_are_in_time_late_open_or_overdue(school: School, teacher: Actor) -> None:
    in_time, late, running, overdue = (reported(teacher) for _each in range(4))
    now = timezone.now()
    _legal_clock(in_time, due=now + timedelta(hours=1), stopped=now)
    _legal_clock(late, due=now - timedelta(hours=1), stopped=now)
    _legal_clock(running, due=now + timedelta(hours=1), stopped=None)
    _legal_clock(overdue, due=now - timedelta(hours=1), stopped=None)
    today = timezone.localdate()
    times = {t.kind: t for t in assessment_times(school.district.region, today, today, now=now)}
    assert times[AssessmentKind.LEGAL] == AssessmentTimes(school.district_id, AssessmentKind.LEGAL, 1, 1, 1, 1)
    assert times[AssessmentKind.LEGAL].needed == 4
    assert times[AssessmentKind.PSYCHOLOGICAL] == AssessmentTimes(
        school.district_id, AssessmentKind.PSYCHOLOGICAL, 0, 0, 4, 0
    )


def _legal_clock(incident: Incident, *, due: datetime, stopped: datetime | None) -> None:
    clock = incident.triage_item.legal_clock
    assert clock is not None
    Clock.objects.filter(pk=clock.pk).update(
        started_at=due - timedelta(days=3), warn_at=due, due_at=due, stopped_at=stopped
    )


def test_a_period_without_reports_has_no_rows(school: School) -> None:
    assert (counts(school.district.region, *MARCH), assessment_times(school.district.region, *MARCH)) == ([], [])


def test_figures_take_three_queries_however_many_reports(
    school: School, teacher: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(5):
        reported(teacher)
    today, region = timezone.localdate(), school.district.region
    with django_assert_num_queries(3):
        assert counts(region, today, today)[0].events == 5
        assert len(assessment_times(region, today, today)) == 2
