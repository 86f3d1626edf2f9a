from uuid import uuid4

import pytest

from caseflow.alarms.models import Alarm, AlarmMessage
from caseflow.alarms.selectors import view_of
from caseflow.alarms.selectors.reading import SHOWN
from caseflow.alarms.services import (
    BadAlarmError,
    accept,
    classify,
    close,
    enrol_own_phone,
    open_alarm,
    say,
    say_from_device,
)
from caseflow.alarms.services.talking import LONGEST
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.factories import Territory, operator, pressed, staff_phone, territory
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db
LINE = "Закройте двери второго этажа"


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def duty(here: Territory) -> Actor:
    return actor(Role.DUTY_PERSON, school=here.school)


@pytest.fixture
def alarm(here: Territory) -> Alarm:
    return accept(here.operator, pressed(here.phone, anonymous=False).pk)


def told() -> set[int]:
    return set(Alert.objects.filter(kind=AlertKind.ALARM_MESSAGE).values_list("recipient", flat=True))


def test_the_operator_writes_to_the_school_and_the_school_back(here: Territory, duty: Actor, alarm: Alarm) -> None:
    say(here.operator, alarm.pk, f" {LINE} ")
    assert told() == {duty.user.pk}
    say(duty, alarm.pk, "Дети в кабинетах")
    assert told() == {duty.user.pk, here.operator.user.pk}

    read = [(said.voice.value, said.text, said.own) for said in open_alarm(duty, alarm.pk).messages]
    assert read == [("police", LINE, False), ("school", "Дети в кабинетах", True)]


def test_a_line_is_sealed_and_in_no_alert(here: Territory, duty: Actor, alarm: Alarm) -> None:
    message = say(here.operator, alarm.pk, LINE)

    assert LINE.encode() not in bytes(message.text_sealed)
    assert [row.params for row in Alert.objects.filter(kind=AlertKind.ALARM_MESSAGE)] == [{"school": here.school.names}]


def test_the_presser_s_word_reaches_operator_and_school(here: Territory, duty: Actor, alarm: Alarm) -> None:
    say_from_device(here.phone, alarm.pk, "injured")

    assert told() == {duty.user.pk, here.operator.user.pk}
    assert [said.text for said in open_alarm(here.operator, alarm.pk).messages] == ["Somebody is injured"]
    with pytest.raises(BadAlarmError, match="No such message"):
        say_from_device(here.phone, alarm.pk, "hello")
    with pytest.raises(Alarm.DoesNotExist):
        say_from_device(staff_phone(here.school), alarm.pk, "injured")


def test_before_somebody_accepts_a_word_waits_in_the_alarm(here: Territory) -> None:
    waiting = pressed(here.phone)
    say_from_device(here.phone, waiting.pk, "weapon")
    assert told() == set()
    assert AlarmMessage.objects.get().word == "weapon"


@pytest.mark.parametrize(("line", "why"), [("  ", "Write something"), ("х" * (LONGEST + 1), "At most")])
def test_an_empty_or_endless_line_is_refused(here: Territory, alarm: Alarm, line: str, why: str) -> None:
    with pytest.raises(BadAlarmError, match=why):
        say(here.operator, alarm.pk, line)
    assert not AlarmMessage.objects.exists()


def test_a_closed_alarm_takes_no_more_lines(here: Territory, alarm: Alarm) -> None:
    classify(here.operator, alarm.pk, "mistake")
    close(here.operator, alarm.pk)
    with pytest.raises(BadAlarmError, match="closed"):
        say(here.operator, alarm.pk, LINE)


def test_a_name_that_is_shown_is_a_reading_in_the_log(here: Territory, duty: Actor, alarm: Alarm) -> None:
    open_alarm(duty, alarm.pk)
    open_alarm(operator(here.own), alarm.pk)
    assert not AuditEntry.objects.filter(action="read", obj=f"alarm:{alarm.pk}").exists()
    assert open_alarm(here.operator, alarm.pk).presser
    assert AuditEntry.objects.filter(action="read", obj=f"alarm:{alarm.pk}").count() == 1


def test_only_the_operator_who_may_take_the_next_step_is_offered_it(here: Territory, duty: Actor) -> None:
    waiting = pressed(here.phone)

    def offered(who: Actor) -> str | None:
        shown = Alarm.objects.select_related(*SHOWN).get(pk=waiting.pk)
        return view_of(who, shown).next

    second = operator(here.own)
    assert (offered(here.operator), offered(second), offered(duty)) == ("accepted", "accepted", None)
    accept(here.operator, waiting.pk)
    assert (offered(here.operator), offered(second)) == ("dispatched", None)


def test_who_works_at_no_school_enrols_no_phone(here: Territory) -> None:
    with pytest.raises(School.DoesNotExist):
        enrol_own_phone(here.operator)
    with pytest.raises(Alarm.DoesNotExist):
        say(here.operator, uuid4(), LINE)
