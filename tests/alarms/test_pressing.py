from uuid import uuid4

import pytest

from caseflow.alarms.enums import AlarmState, Step
from caseflow.alarms.models import Alarm, AlarmStep, Call, Device, Press
from caseflow.alarms.selectors.progress import asks_whether_needed
from caseflow.alarms.services import accept, classify, close, end_device, press, say_whether_needed
from caseflow.alarms.services.raising import Pressed
from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import Role
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.factories import Territory, operator, pressed, staff_phone, territory
from tests.directory.factories import RoomFactory, SchoolFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


def test_a_press_calls_the_operators_of_the_district_and_the_duty_person_of_the_school(here: Territory) -> None:
    duty, second, other = (
        actor(Role.DUTY_PERSON, school=here.school),
        operator(here.own),
        operator(here.neighbour),
    )
    alarm = pressed(here.phone, spot="gym", floor=1, anonymous=False)

    assert (alarm.state, alarm.place, alarm.anonymous, alarm.waited_s) == (AlarmState.WAITING, "Gym, floor 1", False, 0)
    assert list(Call.objects.values_list("alarm", "centre", "rung")) == [(alarm.pk, here.own.pk, 0)]
    told = set(Alert.objects.filter(kind=AlertKind.ALARM).values_list("recipient", flat=True))
    assert told == {here.operator.user.pk, second.user.pk, duty.user.pk}
    assert other.user.pk not in told
    assert AlarmStep.objects.get().step == Step.PRESSED
    assert AuditEntry.objects.filter(action="alarm.pressed", obj=f"alarm:{alarm.pk}").count() == 1


def test_an_alert_of_an_alarm_carries_the_school_and_nothing_else(here: Territory) -> None:
    pressed(here.phone, spot="gym", anonymous=False)

    assert [row.params for row in Alert.objects.filter(recipient=here.operator.user)] == [{"school": here.school.names}]


def test_a_press_is_one_alarm_however_often_it_is_sent(here: Territory) -> None:
    said = Pressed(client_key=uuid4(), spot="gym")

    assert {press(here.phone, said).pk for _ in range(5)} == {Alarm.objects.get().pk}
    assert Press.objects.count() == AlarmStep.objects.count() == Call.objects.count() == 1
    assert Alert.objects.filter(recipient=here.operator.user).count() == 1


def test_pressing_again_while_the_alarm_is_open_adds_a_step_and_no_alarm(here: Territory) -> None:
    first, second = pressed(here.phone), pressed(here.phone)

    assert first == second
    assert list(AlarmStep.objects.values_list("step", flat=True)) == [Step.PRESSED, Step.PRESSED_AGAIN]
    assert Alert.objects.filter(recipient=here.operator.user).count() == 1


def test_a_press_that_was_answered_is_known_when_it_comes_again_after_the_end(here: Territory) -> None:
    alarm, again = pressed(here.phone), Pressed(client_key=uuid4())
    press(here.phone, again)
    accept(here.operator, alarm.pk)
    classify(here.operator, alarm.pk, "mistake")
    close(here.operator, alarm.pk)

    assert press(here.phone, again) == alarm
    assert pressed(here.phone) != alarm


def test_two_devices_of_a_school_are_two_alarms(here: Territory) -> None:
    assert pressed(here.phone) != pressed(staff_phone(here.school))


def test_a_school_without_a_centre_loses_no_press() -> None:
    school = SchoolFactory.create()
    duty = actor(Role.DUTY_PERSON, school=school)
    alarm = pressed(staff_phone(school))

    assert Alarm.objects.get() == alarm
    assert Alert.objects.filter(recipient=duty.user, kind=AlertKind.ALARM).count() == 1


def test_the_place_of_the_device_stands_in_for_one_not_told(here: Territory) -> None:
    here.phone.spot = "entrance"
    here.phone.save()

    assert pressed(here.phone).place == "Entrance"


def test_a_place_that_is_none_of_the_school_is_left_out_and_the_press_taken(here: Territory) -> None:
    foreign = RoomFactory.create()

    assert pressed(here.phone, room_id=foreign.pk, floor=4000, spot="moon").place == ""
    own = RoomFactory.create(school=here.school, name="214")
    assert pressed(staff_phone(here.school), room_id=own.pk, floor=2).place == "Room 214, floor 2"


def test_a_late_press_is_taken_and_asks_whether_help_is_still_needed(here: Territory) -> None:
    alarm = pressed(here.phone, waited_s=3600)

    assert (alarm.waited_s, asks_whether_needed(alarm)) == (3600, True)
    assert Call.objects.filter(alarm=alarm).exists()
    answered = say_whether_needed(here.phone, alarm.pk, needed=False)
    assert (answered.still_needed, answered.state) == (False, AlarmState.WAITING)
    assert not asks_whether_needed(answered)
    assert AlarmStep.objects.filter(step=Step.NO_LONGER_NEEDED).count() == 1


def test_only_the_device_that_pressed_says_so(here: Territory) -> None:
    alarm = pressed(here.phone, waited_s=3600)
    with pytest.raises(Alarm.DoesNotExist):
        say_whether_needed(staff_phone(here.school), alarm.pk, needed=False)


def test_an_ended_device_raises_no_alarm(here: Territory) -> None:
    admin = actor(Role.SCHOOL_ADMIN, school=here.school)
    assert end_device(admin, here.phone.pk)
    assert not end_device(admin, here.phone.pk)
    with pytest.raises(Device.DoesNotExist):
        pressed(here.phone)
