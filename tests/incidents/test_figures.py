"""Exact figures for the council, counted by the database."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.clocks.enums import Outcome
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import AssessmentKind, Category, Confirmed
from caseflow.incidents.models import Bullying, Incident
from caseflow.incidents.selectors.figures import assessed, confirmed, events
from tests.directory.factories import DistrictFactory, PupilFactory, SchoolFactory, UserFactory, actor
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
    assert events(region, *MARCH) == {
        (school.district_id, Category.BULLYING): 1,
        (school.district_id, Category.VIOLENCE): 2,
        (near.district_id, Category.CONFLICT): 1,
    }
    assert events(region, *MARCH, leave_out=[Category.VIOLENCE, Category.CONFLICT]) == {
        (school.district_id, Category.BULLYING): 1
    }


def test_assessments_are_in_time_late_open_or_overdue(school: School, teacher: Actor) -> None:
    in_time, late, running, overdue = (reported(teacher) for _each in range(4))
    now = timezone.now()
    _legal_clock(in_time, due=now + timedelta(hours=1), stopped=now)
    _legal_clock(late, due=now - timedelta(hours=1), stopped=now)
    _legal_clock(running, due=now + timedelta(hours=1), stopped=None)
    _legal_clock(overdue, due=now - timedelta(hours=1), stopped=None)
    today, region = timezone.localdate(), school.district.region
    assert assessed(region, today, today, AssessmentKind.LEGAL, now=now) == {
        (school.district_id, outcome): 1 for outcome in Outcome
    }
    assert assessed(region, today, today, AssessmentKind.PSYCHOLOGICAL, now=now) == {
        (school.district_id, Outcome.WAITING): 4
    }


def test_bullying_is_confirmed_on_every_report_that_a_standing_finding_rests_on(school: School, teacher: Actor) -> None:
    on_it, beside, _alone, taken_back, another = (reported(teacher, category=Category.BULLYING) for _each in range(5))
    reported(teacher, category=Category.VIOLENCE)
    standing = _finding(on_it)
    standing.resting_on.create(incident=on_it)
    standing.resting_on.create(incident=beside)
    gone = _finding(taken_back)
    gone.resting_on.create(incident=another)
    Bullying.objects.filter(pk=gone.pk).update(taken_back_at=timezone.now(), taken_back_by=teacher.user)
    today, region = timezone.localdate(), school.district.region
    counted = {(school.district_id, Confirmed.YES): 2, (school.district_id, Confirmed.NO): 3}
    assert confirmed(region, today, today) == counted
    Incident.objects.filter(pk=on_it.pk).update(merged_into=taken_back)  # what was found stays found
    assert confirmed(region, today, today) == {
        (school.district_id, Confirmed.YES): 2,
        (school.district_id, Confirmed.NO): 2,
    }


def _finding(incident: Incident) -> Bullying:
    said, harmed = (PupilFactory.create(school=incident.school) for _each in range(2))
    return Bullying.objects.create(
        incident=incident, said=said, harmed=harmed, by=UserFactory.create(), at=timezone.now()
    )


def _legal_clock(incident: Incident, *, due: datetime, stopped: datetime | None) -> None:
    clock = incident.triage_item.legal_clock
    assert clock is not None
    Clock.objects.filter(pk=clock.pk).update(
        started_at=due - timedelta(days=3), warn_at=due, due_at=due, stopped_at=stopped
    )


def test_a_period_without_reports_has_no_rows(school: School) -> None:
    region, now = school.district.region, timezone.now()
    assert events(region, *MARCH) == {}
    assert assessed(region, *MARCH, AssessmentKind.LEGAL, now=now) == {}
    assert confirmed(region, *MARCH) == {}


def test_each_figure_takes_one_query_however_many_reports(
    school: School, teacher: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(5):
        reported(teacher, category=Category.BULLYING)
    today, region, now = timezone.localdate(), school.district.region, timezone.now()
    with django_assert_num_queries(3):
        found = (
            events(region, today, today),
            assessed(region, today, today, AssessmentKind.LEGAL, now=now),
            confirmed(region, today, today),
        )
    assert [sum(each.values()) for each in found] == [5, 5, 5]
