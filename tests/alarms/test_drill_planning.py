"""The plan draws a drill for every button, tells its officer when its time has come, and escalates a missed month."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from caseflow.alarms.models import Drill
from caseflow.alarms.selectors.drills import officers_of, unplanned_buttons
from caseflow.alarms.services import accept, arm_drill, cancel_drill, close, end_device, move_drill, tend_drills
from caseflow.alarms.services.climbing import targets_of_test_clock
from caseflow.alarms.services.planning import _planned, _tell_once, draw_drills
from caseflow.alarms.tasks import plan_drills
from caseflow.clocks.enums import Basis
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors import calendar_of
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.buttons import Wall, wall_button
from tests.alarms.drills import officer_of, planned
from tests.alarms.factories import Territory, territory
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def officer(here: Territory) -> Actor:
    return officer_of(here.school)


@pytest.fixture
def wall(here: Territory) -> Wall:
    return wall_button(here.school)


def told(kind: AlertKind) -> list[int]:
    return sorted(Alert.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_each_button_has_one_drill_drawn_in_the_hours_of_its_school_before_its_month_ends(
    here: Territory, wall: Wall
) -> None:
    assert plan_drills() == 1
    assert plan_drills() == 0
    drill = Drill.objects.get()
    assert (drill.device, drill.planned_by) == (wall.device, None)
    assert calendar_of(here.school, Basis.SCHOOL, timezone.now()).is_open(drill.planned_at)
    assert timezone.now() < drill.planned_at < Clock.objects.get(code="button_test").due_at


def test_a_cancelled_drill_is_drawn_anew_and_a_held_one_a_week_later_at_the_earliest(
    here: Territory, officer: Actor, wall: Wall
) -> None:
    tend_drills()
    cancel_drill(officer, Drill.objects.get().pk)
    assert tend_drills() == 1
    arm_drill(officer, Drill.objects.get(cancelled_at=None).pk)
    close(here.operator, accept(here.operator, wall.press().pk).pk)
    assert tend_drills() == 1
    assert Drill.objects.get(alarm=None, cancelled_at=None).planned_at > timezone.now() + timedelta(days=7)


def test_the_moment_is_the_one_that_chance_has_drawn(wall: Wall) -> None:
    drawn: list[int] = []

    def below(number: int) -> int:
        drawn.append(number)
        return number - 1

    draw_drills(timezone.now(), below)
    assert drawn[0] > 2000  # minutes to choose from
    assert Drill.objects.get().planned_at > timezone.now() + timedelta(days=10)


def test_of_two_plans_at_a_time_one_draws(wall: Wall) -> None:
    assert _planned(wall.device, timezone.now(), planned_by=None) is not None
    assert _planned(wall.device, timezone.now(), planned_by=None) is None
    assert Drill.objects.count() == 1


def test_for_an_ended_button_nothing_is_drawn(here: Territory, wall: Wall) -> None:
    end_device(actor(Role.SCHOOL_ADMIN, school=here.school), wall.device.pk)
    assert not unplanned_buttons().exists()
    assert tend_drills() == 0


def test_the_officer_is_told_once_when_the_time_has_come_and_again_after_a_move(
    here: Territory, officer: Actor, wall: Wall
) -> None:
    drill = planned(officer, wall.device)
    assert tend_drills() == 0
    later = timezone.now() + timedelta(days=2)
    assert (tend_drills(later), tend_drills(later)) == (1, 0)
    assert told(AlertKind.DRILL_DUE) == [officer.user.pk]
    move_drill(officer, drill.pk, timezone.now() + timedelta(days=3))
    assert tend_drills(later) == 0
    assert tend_drills(later + timedelta(days=2)) == 1


def test_of_two_sweeps_at_a_time_one_tells(officer: Actor, wall: Wall) -> None:
    drill, now = planned(officer, wall.device), timezone.now()
    assert [_tell_once(drill, now), _tell_once(drill, now)] == [True, False]
    assert told(AlertKind.DRILL_DUE) == [officer.user.pk]


def test_the_officers_are_those_of_the_district(here: Territory, officer: Actor) -> None:
    officer_of(territory().school)
    assert [who.user_id for who in officers_of(here.school)] == [officer.user.pk]


def test_a_missed_month_climbs_from_the_officer_to_the_school_to_the_region(
    here: Territory, officer: Actor, wall: Wall
) -> None:
    head, admin = (actor(role, school=here.school) for role in (Role.PRINCIPAL, Role.SCHOOL_ADMIN))
    region = actor(Role.DRILL_OFFICER, region=here.school.district.region)
    steps = []
    for days in (31, 7, 7):
        ago = timedelta(days=days)
        Clock.objects.filter(code="button_test").update(
            started_at=F("started_at") - ago,
            warn_at=F("warn_at") - ago,
            due_at=F("due_at") - ago,
            next_step_at=F("next_step_at") - ago,
        )
        sweep()
        steps.append(set(told(AlertKind.DEADLINE_MISSED)))
    assert steps[0] == {officer.user.pk}
    assert {head.user.pk, admin.user.pk} <= steps[1] - steps[0]
    assert region.user.pk not in steps[1]
    assert region.user.pk in steps[2]


def test_of_an_ended_button_nobody_is_told(here: Territory, officer: Actor, wall: Wall) -> None:
    clock = wall.row.test_clock
    assert clock is not None
    assert targets_of_test_clock(clock.pk, frozenset({"district:drill_officer"}))
    end_device(actor(Role.SCHOOL_ADMIN, school=here.school), wall.device.pk)
    assert targets_of_test_clock(clock.pk, frozenset({"district:drill_officer"})) == []
