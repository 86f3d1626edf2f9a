from datetime import timedelta

import pytest
from django.db.models import F

from caseflow.alarms.enums import Step
from caseflow.alarms.models import Alarm, AlarmStep, Call
from caseflow.alarms.services import accept, call_next
from caseflow.clocks.models import Clock
from caseflow.clocks.services import sweep
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.factories import Territory, operator, pressed, territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


def pass_seconds(number: float) -> None:
    """Let time pass for the running clocks, and sweep."""
    ago = timedelta(seconds=number)
    running = Clock.objects.filter(stopped_at=None, escalated_at=None)
    running.update(started_at=F("started_at") - ago, warn_at=F("warn_at") - ago, due_at=F("due_at") - ago)
    sweep()


def called(alarm: Alarm) -> list[int]:
    return list(Call.objects.filter(alarm=alarm).order_by("rung").values_list("centre", flat=True))


def test_nobody_accepts_in_half_a_minute_so_the_next_centre_is_called_then_the_region(here: Territory) -> None:
    neighbour, region = operator(here.neighbour), operator(here.region)
    alarm = pressed(here.phone)
    pass_seconds(20)
    assert called(alarm) == [here.own.pk]

    pass_seconds(11)
    assert called(alarm) == [here.own.pk, here.neighbour.pk]
    assert Alert.objects.filter(recipient=neighbour.user, kind=AlertKind.ALARM).count() == 1
    pass_seconds(31)
    assert called(alarm) == [here.own.pk, here.neighbour.pk, here.region.pk]
    assert Alert.objects.filter(recipient=region.user, kind=AlertKind.ALARM).count() == 1
    assert AlarmStep.objects.filter(alarm=alarm, step=Step.RUNG).count() == 2


def test_behind_the_last_rung_the_ladder_begins_again_so_an_alarm_is_never_silent(here: Territory) -> None:
    alarm = pressed(here.phone)
    for _ in range(5):
        pass_seconds(31)

    assert called(alarm) == [here.own.pk, here.neighbour.pk, here.region.pk] * 2
    assert Alert.objects.filter(recipient=here.operator.user, kind=AlertKind.ALARM).count() == 2


def test_a_sweep_that_comes_twice_calls_once(here: Territory) -> None:
    alarm = pressed(here.phone)
    pass_seconds(31)
    sweep()
    sweep()
    assert called(alarm) == [here.own.pk, here.neighbour.pk]


def test_an_accepted_alarm_calls_nobody_else(here: Territory) -> None:
    alarm = accept(here.operator, pressed(here.phone).pk)
    pass_seconds(300)
    assert called(alarm) == [here.own.pk]


def test_a_call_that_was_taken_meanwhile_calls_nobody(here: Territory) -> None:
    alarm = pressed(here.phone)
    call = alarm.calls.get()
    accept(here.operator, alarm.pk)
    Clock.objects.filter(pk=call.clock_id).update(escalated_at=call.called_at)

    call_next([call.clock_id])
    assert called(alarm) == [here.own.pk]


def test_the_region_may_accept_what_the_district_did_not(here: Territory) -> None:
    alarm, region = pressed(here.phone), operator(here.region)
    with pytest.raises(Alarm.DoesNotExist):
        accept(region, alarm.pk)
    pass_seconds(31)
    pass_seconds(31)
    assert accept(region, alarm.pk).centre == here.region
