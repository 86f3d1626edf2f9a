import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.alarms.enums import AlarmState, Step
from caseflow.alarms.models import Alarm, AlarmStep, Call
from caseflow.alarms.rules import MOVES
from caseflow.alarms.selectors import presser_of, scoped_alarms
from caseflow.alarms.services import (
    AlreadyTakenError,
    BadAlarmError,
    accept,
    arrive,
    classify,
    close,
    dispatch,
    mark_delivered,
    take_over,
)
from caseflow.clocks.models import Clock
from caseflow.directory.enums import Role
from tests.alarms.factories import Territory, operator, pressed, staff_phone, territory
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db
STEPS = {
    Step.ACCEPTED: lambda who, pk: accept(who, pk),
    Step.DISPATCHED: lambda who, pk: dispatch(who, pk, "Patrol 12"),
    Step.ARRIVED: lambda who, pk: arrive(who, pk),
    Step.CLASSIFIED: lambda who, pk: classify(who, pk, "fight"),
    Step.CLOSED: lambda who, pk: close(who, pk),
}


@pytest.fixture
def here() -> Territory:
    return territory()


def test_from_the_press_to_the_end_each_step_has_its_time_and_its_person(here: Territory) -> None:
    alarm = pressed(here.phone)
    for step in STEPS.values():
        step(here.operator, alarm.pk)

    alarm.refresh_from_db()
    times = [alarm.pressed_at, alarm.accepted_at, alarm.dispatched_at, alarm.arrived_at, alarm.closed_at]
    assert times == sorted(time for time in times if time)
    assert (alarm.state, alarm.patrol, alarm.finding) == (AlarmState.CLOSED, "Patrol 12", "fight")
    assert alarm.delivered_at is not None
    assert list(AlarmStep.objects.exclude(step=Step.PRESSED).values_list("step", "by")) == [
        (step, here.operator.user.pk) for step in STEPS
    ]


def test_of_two_operators_the_first_has_the_alarm(here: Territory) -> None:
    alarm, second = pressed(here.phone), operator(here.own)
    accept(here.operator, alarm.pk)

    with pytest.raises(AlreadyTakenError, match=here.operator.user.last_name):
        accept(second, alarm.pk)
    assert accept(here.operator, alarm.pk).operator == here.operator.user
    with pytest.raises(AlreadyTakenError):
        dispatch(second, alarm.pk)


def test_a_colleague_of_the_same_centre_takes_an_alarm_over_and_nobody_of_another(here: Territory) -> None:
    alarm, colleague, stranger = pressed(here.phone), operator(here.own), operator(here.neighbour)
    accept(here.operator, alarm.pk)

    assert take_over(colleague, alarm.pk).operator == colleague.user
    assert dispatch(colleague, alarm.pk).state == AlarmState.DISPATCHED
    with pytest.raises(AlreadyTakenError):
        arrive(here.operator, alarm.pk)
    with pytest.raises(Alarm.DoesNotExist):
        take_over(stranger, alarm.pk)


def test_accepting_stops_the_calling_and_starts_the_two_minutes(here: Territory) -> None:
    alarm = accept(here.operator, pressed(here.phone).pk)

    assert Call.objects.get().clock.stopped_at is not None
    assert alarm.dispatch_clock is not None
    dispatch(here.operator, alarm.pk)
    assert Clock.objects.get(code="panic_dispatch").stopped_at is not None


def test_an_alarm_is_not_closed_before_somebody_said_what_it_was(here: Territory) -> None:
    alarm = accept(here.operator, pressed(here.phone).pk)

    with pytest.raises(BadAlarmError, match="Say first"):
        close(here.operator, alarm.pk)
    with pytest.raises(BadAlarmError, match="Choose"):
        classify(here.operator, alarm.pk, "weather")
    classify(here.operator, alarm.pk, "mistake")
    assert close(here.operator, alarm.pk).state == AlarmState.CLOSED


def test_what_is_over_is_neither_accepted_nor_named_nor_taken_over(here: Territory) -> None:
    alarm, colleague = accept(here.operator, pressed(here.phone).pk), operator(here.own)
    classify(here.operator, alarm.pk, "mistake")
    close(here.operator, alarm.pk)

    for step in (accept, take_over):
        with pytest.raises(BadAlarmError, match="closed"):
            step(colleague, alarm.pk)
    with pytest.raises(BadAlarmError, match="closed"):
        classify(here.operator, alarm.pk, "fight")


def test_a_duty_person_accepts_nothing(here: Territory) -> None:
    alarm = pressed(here.phone)
    with pytest.raises(Alarm.DoesNotExist):
        accept(actor(Role.DUTY_PERSON, school=here.school), alarm.pk)


def test_who_pressed_is_told_by_name_only_to_the_holder_and_only_where_wanted(here: Territory) -> None:
    named, hidden = pressed(here.phone, anonymous=False), pressed(staff_phone(here.school), anonymous=True)
    assert presser_of(here.operator, named) == ""
    named, hidden = accept(here.operator, named.pk), accept(here.operator, hidden.pk)

    assert here.phone.user is not None
    assert presser_of(here.operator, named) == here.phone.user.short_name
    assert presser_of(operator(here.own), named) == ""
    assert presser_of(here.operator, hidden) == ""


def test_an_alarm_is_delivered_once_when_it_stands_on_the_first_screen(here: Territory) -> None:
    alarm, second = pressed(here.phone), operator(here.own)

    assert mark_delivered(operator(here.neighbour), [alarm.pk]) == 0
    assert mark_delivered(here.operator, [alarm.pk]) == 1
    assert mark_delivered(second, [alarm.pk]) == 0
    assert AlarmStep.objects.filter(step=Step.DELIVERED).count() == 1


@pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.PRINCIPAL, Role.TEACHER, Role.SCHOOL_ADMIN])
def test_others_of_the_school_have_no_alarms(here: Territory, role: Role) -> None:
    pressed(here.phone)
    assert not scoped_alarms(actor(role, school=here.school)).exists()


def test_the_duty_person_sees_the_own_school_alone(here: Territory) -> None:
    alarm = pressed(here.phone)
    assert list(scoped_alarms(actor(Role.DUTY_PERSON, school=here.school))) == [alarm]
    assert not scoped_alarms(actor(Role.DUTY_PERSON, school=territory().school)).exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.tuples(st.sampled_from(list(STEPS)), st.booleans()), max_size=12))
def test_whatever_two_operators_try_an_alarm_only_moves_as_it_may(
    here: Territory, wanted: list[tuple[Step, bool]]
) -> None:
    alarm, second = pressed(staff_phone(here.school)), operator(here.own)
    state, holder, found = AlarmState.WAITING, None, False
    for step, by_second in wanted:
        who = second if by_second else here.operator
        before = MOVES[step][0] if step in MOVES else ()
        if step == Step.ACCEPTED:
            possible = state != AlarmState.CLOSED and holder in (None, who)
        elif step == Step.CLASSIFIED:
            possible = holder == who and state != AlarmState.CLOSED
        else:
            possible = holder == who and state in before and (step != Step.CLOSED or found)
        try:
            STEPS[step](who, alarm.pk)
        except BadAlarmError:
            assert not possible
            continue
        assert possible
        if step == Step.ACCEPTED and holder is None:
            state, holder = AlarmState.ACCEPTED, who
        elif step == Step.CLASSIFIED:
            found = True
        elif step in set(MOVES) - {Step.ACCEPTED}:
            state = MOVES[step][1]
    alarm.refresh_from_db()
    assert (alarm.state, alarm.operator) == (state, holder.user if holder else None)
