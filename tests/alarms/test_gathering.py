"""Presses that come together: each is taken as if it had come alone, for the price of one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import InterfaceError, OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext

from caseflow.alarms.enums import Step
from caseflow.alarms.models import Alarm, AlarmStep, Call, Device, Press
from caseflow.alarms.selectors.devices import devices_in_force
from caseflow.alarms.services import end_device, enrol_own_phone, gathering, press
from caseflow.alarms.services.gathering import Gathering
from caseflow.alarms.services.raising import Pressed, raise_alarms
from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import Role
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.factories import Territory, territory
from tests.directory.factories import actor

AT_ONCE = 12


@pytest.fixture
def here() -> Territory:
    return territory()


def said(**more: object) -> Pressed:
    return Pressed(client_key=uuid4(), **more)  # type: ignore[arg-type]


def phone(here: Territory) -> tuple[Device, str]:
    """One more phone at the school, and its key."""
    return enrol_own_phone(actor(Role.TEACHER, school=here.school))


def keys(here: Territory, number: int) -> list[str]:
    return [phone(here)[1] for _ in range(number)]


def together(presses: list[tuple[str, Pressed]]) -> list[Alarm | Exception]:
    """All by one gathering at the same moment, each in a thread of its own."""
    taking, start = Gathering(), Barrier(len(presses))

    def one(key: str, what: Pressed) -> Alarm | Exception:
        start.wait()
        try:
            return taking.press(key, what)
        except Device.DoesNotExist as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(one, *zip(*presses, strict=True)))


@pytest.mark.django_db(transaction=True)
def test_each_of_many_at_once_gets_its_own_alarm(here: Territory) -> None:
    phones = [phone(here) for _ in range(AT_ONCE)]
    devices, words = [device.pk for device, _ in phones], [said(floor=number) for number in range(AT_ONCE)]

    alarms = together([(key, what) for (_, key), what in zip(phones, words, strict=True)])

    kept = {alarm.device_id: alarm for alarm in Alarm.objects.all()}
    assert alarms == [kept[device] for device in devices]
    assert [kept[device].floor for device in devices] == list(range(AT_ONCE))
    known = set(Press.objects.values_list("alarm", "device", "client_key"))
    assert known == {(kept[device].pk, device, what.client_key) for device, what in zip(devices, words, strict=True)}
    assert Call.objects.count() == AlarmStep.objects.filter(step=Step.PRESSED).count() == AT_ONCE
    assert Alert.objects.filter(kind=AlertKind.ALARM, recipient=here.operator.user).count() == AT_ONCE
    assert AuditEntry.objects.filter(action="alarm.pressed").count() == AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_one_press_sent_many_times_at_once_is_one_alarm(here: Territory) -> None:
    what = said()

    alarms = together([(phone(here)[1], what)] * AT_ONCE)

    assert {one.pk for one in alarms if isinstance(one, Alarm)} == {Alarm.objects.get().pk}
    assert Press.objects.count() == Call.objects.count() == AlarmStep.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_device_that_presses_twice_at_once_has_one_alarm_and_both_presses(here: Territory) -> None:
    alarms = together([(key, said()) for key in keys(here, 1) * AT_ONCE])

    assert {one.pk for one in alarms if isinstance(one, Alarm)} == {Alarm.objects.get().pk}
    assert Press.objects.count() == AT_ONCE
    assert AlarmStep.objects.filter(step=Step.PRESSED_AGAIN).count() == AT_ONCE - 1


@pytest.mark.django_db(transaction=True)
def test_an_ended_device_spoils_nothing_for_the_others(here: Territory) -> None:
    ended, its_key = phone(here)
    end_device(actor(Role.SCHOOL_ADMIN, school=here.school), ended.pk)
    others = [(key, said()) for key in keys(here, 4)]

    *refused, first, second, third, fourth = together([(its_key, said()), ("nobody's", said()), *others])
    alarms = [first, second, third, fourth]

    assert [type(one) for one in refused] == [Device.DoesNotExist] * 2
    assert {one.pk for one in alarms if isinstance(one, Alarm)} == set(Alarm.objects.values_list("pk", flat=True))
    assert len(alarms) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_what_fails_together_is_taken_one_by_one(
    error: type[Exception], here: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_presses: object) -> list[Alarm]:
        raise error

    monkeypatch.setattr(gathering, "raise_alarms", broken)
    alarms = together([(key, said()) for key in keys(here, 4)])

    assert {one.pk for one in alarms if isinstance(one, Alarm)} == set(Alarm.objects.values_list("pk", flat=True))
    assert Alarm.objects.count() == 4


@pytest.mark.django_db
def test_a_second_press_and_one_known_after_its_end_are_what_they_are_alone(here: Territory) -> None:
    first, (device, key) = said(), phone(here)
    alarm = press(device, first)

    assert Gathering().press(key, said()) == Gathering().press(key, first) == alarm
    assert list(AlarmStep.objects.values_list("step", flat=True)) == [Step.PRESSED, Step.PRESSED_AGAIN]


@pytest.mark.django_db
def test_many_presses_ask_the_database_no_more_often_than_one() -> None:
    def queries_of(presses: list[tuple[Device, Pressed]]) -> int:
        with CaptureQueriesContext(connection) as asked:
            raise_alarms(presses)
        return len(asked)

    one, three, ten = (fresh_presses(number) for number in (1, 3, 10))
    assert queries_of(one) == queries_of(three) == queries_of(ten)


def fresh_presses(number: int) -> list[tuple[Device, Pressed]]:
    """Of as many schools, each with a district and a centre of its own, in devices as the gathering has them."""
    phones = [territory().phone.pk for _ in range(number)]
    devices = devices_in_force().filter(pk__in=phones)
    return [(device, said(floor=1)) for device in devices]
