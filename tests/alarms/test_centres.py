"""The administrator enters, changes and ends police centres; alarms follow at once."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from caseflow.alarms.models import Alarm, Centre
from caseflow.alarms.selectors import centre_of, rungs_of
from caseflow.alarms.selectors.board import board_of
from caseflow.alarms.selectors.centres import (
    agencies_without_centre,
    centres_listed,
    others_of_region,
    scoped_centres,
)
from caseflow.alarms.services import (
    BadCentreError,
    accept,
    change_centre,
    classify,
    close,
    end_centre,
    enter_centre,
)
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency
from tests.alarms.factories import Territory, centre, operator, pressed, staff_phone, territory
from tests.directory.factories import AgencyFactory, DistrictFactory, SchoolFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def admin() -> Actor:
    return actor(Role.SYSTEM_ADMIN)


def police(**where: Any) -> Agency:
    """A police agency that answers no alarms; of a whole region where no district is given."""
    if "district" in where:
        where["region"] = where["district"].region
    agency: Agency = AgencyFactory.create(**where)
    return agency


def follow(admin: Actor, one: Centre, other: Centre | None) -> Centre:
    return change_centre(admin, one.pk, follows=other.pk if other else None, arrival_minutes=one.arrival_minutes)


def noted(action: str) -> list[dict[str, Any]]:
    return [entry.detail for entry in AuditEntry.objects.filter(action=action).order_by("pk")]


def over(who: Actor, alarm: Alarm) -> None:
    accept(who, alarm.pk)
    classify(who, alarm.pk, "mistake")
    close(who, alarm.pk)


# Entered ------------------------------------------------------------------------------------------------------------


def test_an_agency_that_is_entered_is_called_from_then_on(admin: Actor) -> None:
    school = SchoolFactory.create()
    agency = police(district=school.district)
    assert rungs_of(school) == []

    entered = enter_centre(admin, agency.pk, 12)

    assert rungs_of(school) == [entered]
    assert (entered.arrival_minutes, entered.follows) == (12, None)
    alarm = pressed(staff_phone(school))
    assert accept(operator(entered), alarm.pk).centre == entered
    entry = AuditEntry.objects.get(action="alarm.centre_entered")
    assert (entry.obj, entry.actor_id, entry.role) == (f"centre:{entered.pk}", admin.user.pk, Role.SYSTEM_ADMIN)
    assert entry.detail == {"agency": agency.pk, "arrival_minutes": 12}


def test_only_police_agencies_without_a_centre_are_offered_and_taken(here: Territory, admin: Actor) -> None:
    free = police(district=DistrictFactory.create(region=here.region.agency.region))
    health = police(region=here.region.agency.region, kind=AgencyKind.HEALTH)
    assert list(agencies_without_centre(admin)) == [free]

    for taken in (health.pk, here.own.agency_id, 10**9):
        with pytest.raises(ObjectDoesNotExist):
            enter_centre(admin, taken, 7)
    assert noted("alarm.centre_entered") == []


@pytest.mark.parametrize("minutes", [-1, 0, 121, 10**6])
def test_a_target_beyond_all_sense_is_refused(here: Territory, admin: Actor, minutes: int) -> None:
    free = police(district=here.school.district)
    with pytest.raises(BadCentreError, match="between 1 and 120"):
        enter_centre(admin, free.pk, minutes)
    with pytest.raises(BadCentreError, match="between 1 and 120"):
        change_centre(admin, here.own.pk, follows=None, arrival_minutes=minutes)
    here.own.refresh_from_db()
    assert (here.own.arrival_minutes, here.own.follows) == (7, here.neighbour)


# Changed ------------------------------------------------------------------------------------------------------------


def test_who_is_called_next_and_the_target_are_changed_and_noted(here: Territory, admin: Actor) -> None:
    third = centre(DistrictFactory.create(region=here.region.agency.region))

    changed = change_centre(admin, here.own.pk, follows=third.pk, arrival_minutes=120)

    assert (changed.follows, changed.arrival_minutes) == (third, 120)
    assert rungs_of(here.school) == [here.own, third, here.region]
    before = {"follows": here.neighbour.pk, "arrival_minutes": 7}
    assert noted("alarm.centre_changed") == [{"before": before, "now": {"follows": third.pk, "arrival_minutes": 120}}]


def test_what_stays_as_it_is_leaves_no_entry(here: Territory, admin: Actor) -> None:
    follow(admin, here.own, here.neighbour)
    assert noted("alarm.centre_changed") == []
    follow(admin, here.own, None)
    assert rungs_of(here.school) == [here.own, here.region]
    assert len(noted("alarm.centre_changed")) == 1


def test_a_circle_is_refused_however_long_with_the_centres_by_name(here: Territory, admin: Actor) -> None:
    third = centre(DistrictFactory.create(region=here.region.agency.region))
    follow(admin, here.neighbour, third)
    for first in (here.own, here.neighbour, third):
        with pytest.raises(BadCentreError, match="in a circle") as refused:
            follow(admin, third, first)
        assert f"after {first} alarms would come back to {third}" in str(refused.value)
    third.refresh_from_db()
    assert third.follows is None
    assert rungs_of(here.school) == [here.own, here.neighbour, third, here.region]


def test_the_next_one_is_of_the_same_region_and_in_force(here: Territory, admin: Actor) -> None:
    afar = territory()
    ended = centre(DistrictFactory.create(region=here.region.agency.region))
    end_centre(admin, ended.pk)
    assert set(others_of_region(admin, here.own)) == {here.neighbour, here.region}
    for other in (afar.own, ended):
        with pytest.raises(BadCentreError, match="never leaves its region"):
            follow(admin, here.own, other)


def test_after_the_centre_over_a_region_none_is_called(here: Territory, admin: Actor) -> None:
    with pytest.raises(BadCentreError, match="called last"):
        follow(admin, here.region, here.own)
    assert change_centre(admin, here.region.pk, follows=None, arrival_minutes=40).arrival_minutes == 40


# Ended --------------------------------------------------------------------------------------------------------------


def test_an_ended_centre_is_called_no_more_and_alarms_of_the_past_go_on_naming_it(
    here: Territory, admin: Actor
) -> None:
    alarm = pressed(here.phone)
    over(here.operator, alarm)

    end_centre(admin, here.own.pk)

    alarm.refresh_from_db()
    assert alarm.centre == here.own
    assert rungs_of(here.school) == [here.region]
    assert here.own not in scoped_centres(admin)
    assert not board_of(here.operator).answers
    assert noted("alarm.centre_ended") == [{"agency": here.own.agency_id}]
    with pytest.raises(ObjectDoesNotExist):
        end_centre(admin, here.own.pk)


def test_an_ended_centre_is_entered_anew_with_nobody_after_it(here: Territory, admin: Actor) -> None:
    end_centre(admin, here.own.pk)
    assert here.own.agency in agencies_without_centre(admin)

    again = enter_centre(admin, here.own.agency_id, 9)

    assert (again.pk, again.arrival_minutes, again.follows) == (here.own.pk, 9, None)
    assert rungs_of(here.school) == [again, here.region]
    assert board_of(here.operator).answers


def test_while_an_alarm_that_called_it_is_open_a_centre_does_not_end(here: Territory, admin: Actor) -> None:
    alarm = pressed(here.phone)
    for step in (lambda: None, lambda: accept(here.operator, alarm.pk)):
        step()
        with pytest.raises(BadCentreError, match="is open"):
            end_centre(admin, here.own.pk)
    classify(here.operator, alarm.pk, "mistake")
    close(here.operator, alarm.pk)
    end_centre(admin, here.own.pk)
    assert rungs_of(here.school) == [here.region]


def test_a_centre_that_is_called_after_others_does_not_end(here: Territory, admin: Actor) -> None:
    with pytest.raises(BadCentreError, match="called after") as refused:
        end_centre(admin, here.neighbour.pk)
    assert str(here.own) in str(refused.value)
    follow(admin, here.own, None)
    end_centre(admin, here.neighbour.pk)
    assert rungs_of(here.school) == [here.own, here.region]


def test_the_last_centre_that_alarms_of_a_school_reach_does_not_end(here: Territory, admin: Actor) -> None:
    follow(admin, here.own, None)
    end_centre(admin, here.own.pk)
    with pytest.raises(BadCentreError, match="reach no police") as refused:
        end_centre(admin, here.region.pk)
    assert str(here.school.district) in str(refused.value)

    second = enter_centre(admin, police(region=here.region.agency.region).pk, 20)
    end_centre(admin, here.region.pk)
    assert rungs_of(here.school) == [second]


def test_where_no_school_is_and_where_nothing_was_reached_before_a_centre_ends(admin: Actor) -> None:
    alone = centre(DistrictFactory.create())
    SchoolFactory.create(district=DistrictFactory.create(region=alone.agency.region))
    end_centre(admin, alone.pk)
    assert list(scoped_centres(admin)) == []


def test_a_call_that_came_at_the_moment_of_the_end_can_be_accepted(here: Territory) -> None:
    alarm = pressed(here.phone)
    Centre.objects.filter(pk=here.own.pk).update(ended_at=alarm.pressed_at)
    assert centre_of(here.operator) == here.own
    assert accept(here.operator, alarm.pk).centre == here.own


# Whose it is --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.POLICE_OPERATOR, Role.AGENCY_OFFICER, Role.DPO, Role.SCHOOL_ADMIN])
def test_nobody_but_the_administrator_finds_a_centre(here: Territory, role: Role) -> None:
    units: dict[Role, dict[str, Any]] = {Role.DPO: {}, Role.SCHOOL_ADMIN: {"school": here.school}}
    who = actor(role, **units.get(role, {"agency": here.own.agency}))
    free = police(district=here.school.district)
    assert not agencies_without_centre(who).exists()
    assert centres_listed(who).rows == ()
    with pytest.raises(Centre.DoesNotExist):
        change_centre(who, here.own.pk, follows=None, arrival_minutes=9)
    with pytest.raises(Centre.DoesNotExist):
        end_centre(who, here.region.pk)
    with pytest.raises(Agency.DoesNotExist):
        enter_centre(who, free.pk, 7)
    assert not AuditEntry.objects.filter(action__startswith="alarm.centre").exists()
