"""Drills: only the armed device's press is one, and nothing tells it from a real alarm until somebody accepts it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from caseflow.alarms.enums import AlarmState, DrillState, Step
from caseflow.alarms.models import Alarm, AlarmStep, Device, Drill
from caseflow.alarms.selectors.buttons import register_of
from caseflow.alarms.selectors.drills import coming_drills, drillable, held_drills, row_of, scoped_drills
from caseflow.alarms.services import (
    BadAlarmError,
    BadDrillError,
    accept,
    arm_drill,
    arrive,
    cancel_drill,
    classify,
    close,
    disarm_drill,
    dispatch,
    end_device,
    move_drill,
    plan_drill,
    say_from_device,
    say_it_is_real,
    treat_as_real,
)
from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.buttons import Wall, wall_button
from tests.alarms.drills import armed, officer_of, planned
from tests.alarms.factories import Territory, pressed, staff_phone, territory
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


def known(alarm: Alarm) -> bool:
    return Alarm.objects.get(pk=alarm.pk).is_drill


def test_the_armed_button_s_press_is_a_drill_and_known_as_one_when_it_is_accepted(
    here: Territory, officer: Actor, wall: Wall
) -> None:
    drill = armed(officer, wall.device)
    alarm = wall.press()
    assert not known(alarm)

    accept(here.operator, alarm.pk)
    assert known(alarm)
    drill.refresh_from_db()
    assert drill.alarm == alarm
    assert Clock.objects.get(code="panic_dispatch").stopped_at is not None
    for step in (dispatch, arrive):
        with pytest.raises(BadAlarmError, match="no patrol"):
            step(here.operator, alarm.pk)
    assert close(here.operator, alarm.pk).finding == "drill"


def test_every_other_press_of_the_school_is_real_and_an_alarm_of_its_own(
    here: Territory, officer: Actor, wall: Wall
) -> None:
    armed(officer, wall.device)
    other, phone = wall_button(here.school).press(), pressed(here.phone)
    drill = wall.press()
    for alarm in (other, phone, drill):
        accept(here.operator, alarm.pk)
    assert [known(alarm) for alarm in (other, phone, drill)] == [False, False, True]
    assert Alarm.objects.count() == 3


def test_a_press_that_lay_on_the_button_since_before_the_arming_is_real(
    here: Territory, officer: Actor, wall: Wall
) -> None:
    now = timezone.now().timestamp()
    armed(officer, wall.device)
    alarm = wall.press(sent_at=now, pressed_at=now - 60)
    assert not known(accept(here.operator, alarm.pk))
    assert Drill.objects.get().alarm is None


def test_after_the_window_and_after_disarming_a_press_is_real(here: Territory, officer: Actor, wall: Wall) -> None:
    drill = armed(officer, wall.device)
    Drill.objects.update(
        armed_at=timezone.now() - timedelta(hours=1), armed_until=timezone.now() - timedelta(minutes=50)
    )
    assert not known(accept(here.operator, wall.press().pk))
    other = wall_button(here.school)
    disarm_drill(officer, armed(officer, other.device).pk)
    assert not known(accept(here.operator, other.press().pk))
    assert row_of(drill, timezone.now()).drill.alarm_id is None


@pytest.mark.parametrize("accepted", [True, False])
def test_a_second_press_makes_it_real_and_rings_who_holds_it(
    here: Territory, officer: Actor, wall: Wall, accepted: bool
) -> None:
    armed(officer, wall.device)
    alarm = wall.press()
    if accepted:
        accept(here.operator, alarm.pk)
    rung = Alert.objects.filter(recipient=here.operator.user, kind=AlertKind.ALARM).count()
    assert wall.press() == alarm
    if not accepted:
        accept(here.operator, alarm.pk)

    assert not known(alarm)
    rings = Alert.objects.filter(recipient=here.operator.user, kind=AlertKind.ALARM).count() - rung
    assert rings == accepted
    assert AlarmStep.objects.filter(alarm=alarm, step=Step.TURNED_REAL).count() == 1
    clock = Alarm.objects.get(pk=alarm.pk).dispatch_clock
    assert clock is not None
    assert clock.stopped_at is None
    assert dispatch(here.operator, alarm.pk, "12").state == AlarmState.DISPATCHED


def test_the_same_press_sent_again_leaves_a_drill_a_drill(here: Territory, officer: Actor, wall: Wall) -> None:
    armed(officer, wall.device)
    press = str(uuid4())
    alarm = wall.press(press=press)
    wall.press(press=press)
    assert known(accept(here.operator, alarm.pk))


def test_a_long_press_is_no_drill_at_all(here: Territory, officer: Actor, wall: Wall) -> None:
    armed(officer, wall.device)
    assert not known(accept(here.operator, wall.press(real=True).pk))


def test_the_presser_on_a_phone_turns_it_real_by_one_touch(here: Territory, officer: Actor) -> None:
    armed(officer, here.phone)
    alarm = accept(here.operator, pressed(here.phone).pk)
    assert known(alarm)
    assert say_it_is_real(here.phone, alarm.pk) == alarm
    assert not known(alarm)
    with pytest.raises(Alarm.DoesNotExist):
        say_it_is_real(staff_phone(here.school), alarm.pk)


def test_a_touch_after_the_drill_was_closed_raises_a_new_alarm_once(here: Territory, officer: Actor) -> None:
    armed(officer, here.phone)
    drill = accept(here.operator, pressed(here.phone).pk)
    close(here.operator, drill.pk)
    fresh = say_it_is_real(here.phone, drill.pk)
    assert fresh != drill
    assert say_it_is_real(here.phone, drill.pk) == fresh
    assert not known(accept(here.operator, fresh.pk))


@pytest.mark.parametrize(("word", "stays"), [("weapon", False), ("injured", False), ("safe_now", True)])
def test_a_grave_word_of_the_presser_makes_it_real(here: Territory, officer: Actor, word: str, stays: bool) -> None:
    armed(officer, here.phone)
    alarm = accept(here.operator, pressed(here.phone).pk)
    say_from_device(here.phone, alarm.pk, word)
    assert known(alarm) == stays


def test_the_operator_who_learns_that_it_is_real_treats_it_so(here: Territory, officer: Actor, wall: Wall) -> None:
    armed(officer, wall.device)
    alarm = wall.press()
    accept(here.operator, alarm.pk)
    treat_as_real(here.operator, alarm.pk)
    with pytest.raises(BadAlarmError, match="no drill"):
        treat_as_real(here.operator, alarm.pk)
    with pytest.raises(BadAlarmError, match="Say first"):
        close(here.operator, alarm.pk)
    with pytest.raises(BadAlarmError, match="Choose"):
        classify(here.operator, alarm.pk, "drill")
    assert AuditEntry.objects.get(action="alarm.turned_real").actor_id == here.operator.user.pk


def test_the_register_counts_a_test_from_its_acceptance_and_the_next_month_begins(
    here: Territory, officer: Actor, wall: Wall
) -> None:
    armed(officer, wall.device)
    first = wall.row.test_clock
    alarm = wall.press()
    assert register_of(officer)[0].tested_at is None
    assert wall.row.test_clock == first

    accept(here.operator, alarm.pk)
    row = register_of(officer)[0]
    assert (row.days_since_test, row.test.state) == (0, "running")
    assert wall.row.test_clock != first
    assert Clock.objects.filter(code="button_test", stopped_at=None).count() == 1


def test_the_plan_is_the_officer_s_of_the_district_alone(here: Territory, officer: Actor, wall: Wall) -> None:
    drill = planned(officer, wall.device)
    afar = officer_of(territory().school)
    assert [row.drill for row in coming_drills(officer)] == [drill]
    assert coming_drills(afar) == []
    for step in (arm_drill, cancel_drill, disarm_drill, lambda who, pk: move_drill(who, pk, timezone.now())):
        with pytest.raises(Drill.DoesNotExist):
            step(afar, drill.pk)
    with pytest.raises(Device.DoesNotExist):
        plan_drill(afar, here.phone.pk, timezone.now())
    for role in (Role.SCHOOL_ADMIN, Role.DUTY_PERSON, Role.PRINCIPAL):
        inside = actor(role, school=here.school)
        assert not scoped_drills(inside).exists()
        assert not drillable(inside).exists()
    assert not scoped_drills(actor(Role.PROSECUTOR, region=here.school.district.region)).exists()
    assert not scoped_drills(here.operator).exists()


def test_of_one_device_one_drill_comes(here: Territory, officer: Actor, wall: Wall) -> None:
    planned(officer, wall.device)
    with pytest.raises(Device.DoesNotExist):
        planned(officer, wall.device)


def test_what_has_passed_or_is_over_is_not_changed(here: Territory, officer: Actor, wall: Wall) -> None:
    past = timezone.now() - timedelta(minutes=1)
    with pytest.raises(BadDrillError, match="passed"):
        plan_drill(officer, wall.device.pk, past)
    drill = planned(officer, wall.device)
    with pytest.raises(BadDrillError, match="passed"):
        move_drill(officer, drill.pk, past)
    later = timezone.now() + timedelta(days=3)
    assert move_drill(officer, drill.pk, later).planned_at == later
    cancel_drill(officer, drill.pk)
    for step in (arm_drill, cancel_drill, disarm_drill):
        with pytest.raises(BadDrillError, match="over"):
            step(officer, drill.pk)


def test_a_button_whose_alarm_is_open_is_not_armed(here: Territory, officer: Actor, wall: Wall) -> None:
    wall.press()
    with pytest.raises(BadDrillError, match="real"):
        armed(officer, wall.device)


def test_with_the_device_its_drill_and_its_clock_end(here: Territory, officer: Actor, wall: Wall) -> None:
    drill = planned(officer, wall.device)
    end_device(actor(Role.SCHOOL_ADMIN, school=here.school), wall.device.pk)
    drill.refresh_from_db()
    assert drill.cancelled_at is not None
    assert Clock.objects.get(code="button_test").stopped_at is not None


def test_how_a_drill_stands_is_said_step_by_step(here: Territory, officer: Actor, wall: Wall) -> None:
    def state(now: datetime | None = None) -> DrillState:
        return row_of(scoped_drills(officer).get(), now or timezone.now()).state

    drill = planned(officer, wall.device)
    seen = [state(), state(timezone.now() + timedelta(days=2))]
    arm_drill(officer, drill.pk)
    seen.append(state())
    alarm = wall.press()
    seen.append(state())
    accept(here.operator, alarm.pk)
    seen.append(state())
    assert seen == list(DrillState)[:5]
    assert len(coming_drills(officer)) == 1
    close(here.operator, alarm.pk)
    assert coming_drills(officer) == []
    assert held_drills(officer)[0].accepted_s == 0
    assert str(drill).startswith("drill")


def test_the_log_names_no_coming_drill(here: Territory, officer: Actor, wall: Wall) -> None:
    drill = armed(officer, wall.device)
    disarm_drill(officer, drill.pk)
    kept = AuditEntry.objects.filter(action__startswith="drill")
    assert {(entry.action, entry.obj) for entry in kept} == {("drill.plan_changed", f"drill:{drill.pk}")}
    assert all(not entry.detail for entry in kept)
