"""Silent buttons and low batteries: the school is told once for each time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.alarms.models import Button
from caseflow.alarms.services import end_device, tell_of_buttons, watching
from caseflow.directory.enums import Role
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.buttons import Wall, wall_button
from tests.alarms.factories import Territory, territory
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def wall(here: Territory) -> Wall:
    return wall_button(here.school)


def told(reason: str) -> int:
    return sum(row.params["reason"] == reason for row in Alert.objects.filter(kind=AlertKind.BUTTON_TROUBLE))


def test_the_school_is_told_once_when_a_button_falls_silent_and_again_the_next_time(
    here: Territory, wall: Wall
) -> None:
    duty, admin = (actor(role, school=here.school) for role in (Role.DUTY_PERSON, Role.SCHOOL_ADMIN))
    Alert.objects.all().delete()
    wall.beat()
    now = timezone.now()
    assert tell_of_buttons(now + timedelta(minutes=59)) == 0
    later = now + timedelta(minutes=61)
    assert (tell_of_buttons(later), tell_of_buttons(later)) == (1, 0)
    assert {duty.user.pk, admin.user.pk} <= set(Alert.objects.values_list("recipient", flat=True))
    before = told("button_silent")
    wall.beat()
    assert tell_of_buttons(timezone.now() + timedelta(minutes=61)) == 1
    assert told("button_silent") == 2 * before


def test_a_button_that_was_never_heard_is_told_of_after_a_day(here: Territory, wall: Wall) -> None:
    now = timezone.now()
    assert tell_of_buttons(now + timedelta(hours=23)) == 0
    assert tell_of_buttons(now + timedelta(hours=25)) == 1


def test_a_low_battery_is_told_of_once_until_it_was_well(here: Territory, wall: Wall) -> None:
    told_of = []
    for battery in (21, 20, 12, 25, 19, 30, 20):
        wall.beat(battery=battery)
        told_of.append(tell_of_buttons())
    assert told_of == [0, 1, 0, 0, 0, 0, 1]


def test_an_ended_button_troubles_nobody(here: Territory, wall: Wall) -> None:
    wall.beat(battery=5)
    end_device(actor(Role.SCHOOL_ADMIN, school=here.school), wall.device.pk)
    assert tell_of_buttons(timezone.now() + timedelta(days=2)) == 0


def test_a_button_that_was_heard_meanwhile_is_left_alone(wall: Wall) -> None:
    wall.beat()
    stale = list(Button.objects.select_related("device__school"))
    wall.beat()
    assert watching._tell(stale, "silent_told_at", "button_silent", timezone.now()) == 0
