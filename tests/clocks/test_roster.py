"""Who keeps which roster, and what a shift may be."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from caseflow.clocks.models import DutyShift
from caseflow.clocks.selectors.duty import candidates, shifts_of, week_of
from caseflow.clocks.services import BadShiftError, add_shift, remove_shift
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.clocks.factories import on_duty, staffed_school
from tests.directory.factories import SchoolFactory, actor

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def principal(school: School) -> Actor:
    return actor(Role.PRINCIPAL, school=school)


def shift_by(keeper: Actor, who: Actor, starts_in: timedelta = HOUR, lasts: timedelta = 8 * HOUR) -> DutyShift:
    begins = timezone.now() + starts_in
    return add_shift(keeper, member_id=who.membership.pk, starts_at=begins, ends_at=begins + lasts)


def test_a_roster_is_that_of_the_keepers_own_unit() -> None:
    there = staffed_school()
    school = there.school
    admin = actor(Role.SCHOOL_ADMIN, school=school)

    shift_by(admin, there.psychologist)
    shift_by(there.district_lead, there.district_lead)
    shift_by(there.region_lead, there.region_lead)

    units = DutyShift.objects.values_list("membership", "school", "district", "region").order_by("membership")
    assert set(units) == {
        (there.psychologist.membership.pk, school.pk, None, None),
        (there.district_lead.membership.pk, None, school.district_id, None),
        (there.region_lead.membership.pk, None, None, school.district.region_id),
    }
    assert [shift.membership_id for shift in shifts_of(admin)] == [there.psychologist.membership.pk]


def test_only_who_works_with_children_there_can_be_on_duty(school: School, principal: Actor) -> None:
    fitting = {actor(role, school=school).membership.pk for role in (Role.DUTY_PERSON, Role.PSYCHOLOGIST)}
    for role in (Role.TEACHER, Role.SCHOOL_ADMIN):
        actor(role, school=school)
    stranger = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())

    assert {member.pk for member in candidates(principal)} == fitting | {principal.membership.pk}
    with pytest.raises(BadShiftError, match="who can be on duty"):
        shift_by(principal, stranger)


@pytest.mark.parametrize(
    ("starts_in", "lasts", "why"),
    [
        (HOUR, timedelta(0), "after the beginning"),
        (HOUR, -HOUR, "after the beginning"),
        (-3 * HOUR, HOUR, "over"),
        (HOUR, timedelta(days=32), "at most 31 days"),
    ],
)
def test_a_shift_that_cannot_be_is_refused(
    school: School, principal: Actor, starts_in: timedelta, lasts: timedelta, why: str
) -> None:
    with pytest.raises(BadShiftError, match=why):
        shift_by(principal, principal, starts_in, lasts)
    assert not DutyShift.objects.exists()


def test_nobody_is_on_duty_twice_at_once_but_two_may_be(school: School, principal: Actor) -> None:
    shift_by(principal, principal)
    shift_by(principal, actor(Role.PSYCHOLOGIST, school=school))

    with pytest.raises(BadShiftError, match="already"):
        shift_by(principal, principal, 8 * HOUR)
    shift_by(principal, principal, 10 * HOUR)
    assert DutyShift.objects.count() == 3


def test_a_coming_shift_is_removed_and_a_running_one_ends_and_stays_as_proof(school: School, principal: Actor) -> None:
    coming, running = shift_by(principal, principal), on_duty(actor(Role.PSYCHOLOGIST, school=school), school=school)

    assert remove_shift(principal, coming.pk)
    assert not remove_shift(principal, running.pk)

    (left,) = DutyShift.objects.all()
    assert left.pk == running.pk
    assert left.ends_at <= timezone.now()
    with pytest.raises(DutyShift.DoesNotExist):
        remove_shift(principal, running.pk)


def test_somebody_elses_roster_is_not_there(school: School, principal: Actor) -> None:
    shift = shift_by(principal, principal)
    others = (
        actor(Role.PRINCIPAL, school=SchoolFactory.create()),
        actor(Role.LEAD_PSYCHOLOGIST, district=school.district),
        actor(Role.PSYCHOLOGIST, school=school),
    )

    for other in others:
        with pytest.raises(DutyShift.DoesNotExist):
            remove_shift(other, shift.pk)


def test_a_week_shows_each_shift_on_every_day_it_touches(school: School, principal: Actor) -> None:
    zone = timezone.get_default_timezone()
    night = datetime(2026, 9, 8, 20, tzinfo=zone)
    until_midnight = on_duty(principal, datetime(2026, 9, 10, 16, tzinfo=zone), school=school)
    over_night = on_duty(principal, night, school=school)
    on_duty(principal, datetime(2026, 9, 14, 0, tzinfo=zone), school=school)

    week = week_of(principal, date(2026, 9, 7))

    assert [row.day for row in week] == [date(2026, 9, day) for day in range(7, 14)]
    shown = {row.day.day: [shift.pk for shift in row.shifts] for row in week if row.shifts}
    assert shown == {8: [over_night.pk], 9: [over_night.pk], 10: [until_midnight.pk]}
