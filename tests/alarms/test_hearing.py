"""What buttons say: signed, each number once, and never a press lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.accounts.models import User
from caseflow.alarms.models import Alarm, Button, Press
from caseflow.alarms.rules.buttons import is_signed, signature
from caseflow.alarms.services import (
    ReplayedError,
    UnknownButtonError,
    accept,
    classify,
    close,
    end_device,
    hear_heartbeat,
    hear_press,
    move_button,
    replace_key,
)
from caseflow.alarms.services.hearing import Signed
from caseflow.clocks.models import Clock
from caseflow.directory.enums import Role
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.alarms.buttons import HEARTBEAT, PRESS, Wall, wall_button
from tests.alarms.factories import Territory, territory
from tests.directory.factories import RoomFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def wall(here: Territory) -> Wall:
    return wall_button(here.school)


def test_a_press_is_an_alarm_where_the_button_hangs(here: Territory, wall: Wall) -> None:
    alarm = wall.press(battery=80)

    assert (alarm.school, alarm.device, alarm.spot, alarm.state) == (here.school, wall.device, "entrance", "waiting")
    assert alarm.anonymous
    assert (wall.row.counter, wall.row.battery, wall.row.skew_s) == (1, 80, 0)
    assert Alert.objects.filter(recipient=here.operator.user, kind=AlertKind.ALARM).count() == 1


def test_the_same_press_sent_again_is_the_same_alarm_under_the_old_number_and_under_a_new_one(wall: Wall) -> None:
    press = str(uuid4())
    first = wall.signed(PRESS, wall.body(press=press))
    alarm = hear_press(first).alarm

    assert hear_press(first).alarm == alarm
    again = hear_press(wall.signed(PRESS, wall.body(press=press)))
    assert (again.alarm, again.counter) == (alarm, 2)
    assert (Alarm.objects.count(), Press.objects.count(), wall.row.counter) == (1, 1, 2)


def test_a_press_replayed_after_its_alarm_is_over_raises_none(here: Territory, wall: Wall) -> None:
    sent = wall.signed(PRESS, wall.body(press=str(uuid4())))
    alarm = hear_press(sent).alarm
    assert alarm is not None
    accept(here.operator, alarm.pk)
    classify(here.operator, alarm.pk, "mistake")
    close(here.operator, alarm.pk)

    assert hear_press(sent).alarm == alarm
    assert Alarm.objects.count() == 1
    assert wall.press() != alarm


def test_a_heartbeat_is_taken_once(wall: Wall) -> None:
    sent = wall.signed(HEARTBEAT, wall.body(battery=70))
    hear_heartbeat(sent)
    with pytest.raises(ReplayedError) as refused:
        hear_heartbeat(sent)
    assert refused.value.counter == 1


def test_a_button_that_lost_its_number_is_told_it_and_its_press_is_taken(wall: Wall) -> None:
    for _ in range(5):
        wall.beat()
    wall.counter = 0  # the battery was changed
    press = str(uuid4())
    with pytest.raises(ReplayedError) as refused:
        hear_press(wall.signed(PRESS, wall.body(press=press)))
    assert not Alarm.objects.exists()
    wall.counter = refused.value.counter
    assert hear_press(wall.signed(PRESS, wall.body(press=press))).alarm == Alarm.objects.get()


@pytest.mark.parametrize("hours", [-26, -1, 1, 26])
def test_a_wrong_clock_refuses_nothing_and_is_noted(wall: Wall, hours: int) -> None:
    now = timezone.now()
    away = (now + timedelta(hours=hours)).timestamp()
    alarm = wall.press(sent_at=away, pressed_at=away - 30)

    assert abs(alarm.pressed_at - now) < timedelta(seconds=5)
    assert alarm.waited_s == 30
    skew = wall.row.skew_s
    assert skew is not None
    assert abs(skew - hours * 3600) <= 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"signature": "0" * 64},
        {"signature": ""},
        {"signature": "ё"},
        {"method": "GET"},
        {"path": HEARTBEAT},
        {"body": b"{}"},
    ],
)
def test_what_is_not_signed_is_not_heard(wall: Wall, wrong: dict[str, Any]) -> None:
    with pytest.raises(UnknownButtonError):
        hear_press(replace(wall.signed(PRESS, wall.body(press=str(uuid4()))), **wrong))
    assert wall.row.counter == 0
    assert not Alarm.objects.exists()


def test_an_unknown_an_ended_and_a_stranger_s_button_are_not_heard(here: Territory, wall: Wall) -> None:
    with pytest.raises(UnknownButtonError):
        wall.beat(device=str(uuid4()))
    with pytest.raises(UnknownButtonError):
        wall.beat(device=str(here.phone.pk))
    with pytest.raises(UnknownButtonError):
        wall.beat(device=str(wall_button(here.school).device.pk))
    end_device(actor(Role.SCHOOL_ADMIN, school=here.school), wall.device.pk)
    with pytest.raises(UnknownButtonError):
        wall.press()


def test_a_new_key_ends_the_old_one_and_begins_to_count_anew(here: Territory, wall: Wall) -> None:
    wall.beat(battery=50)
    admin = actor(Role.SCHOOL_ADMIN, school=here.school)
    button, key = replace_key(admin, wall.device.pk)

    assert (button.counter, button.heard_at, button.battery) == (0, None, None)
    with pytest.raises(UnknownButtonError):
        wall.press()
    fresh = Wall(wall.device, bytes.fromhex(key))
    fresh.press()
    assert fresh.row.counter == 1
    for change in (
        lambda who: replace_key(who, wall.device.pk),
        lambda who: move_button(who, wall.device.pk, name="", room=None, floor=None, spot="gym"),
    ):
        with pytest.raises(Button.DoesNotExist):
            change(actor(Role.SCHOOL_ADMIN, school=territory().school))


def test_the_key_lies_sealed_and_opens_no_panic_page(wall: Wall) -> None:
    assert wall.key not in bytes(wall.row.key_sealed)
    client = Client()
    client.cookies["alarm_key"] = wall.key.hex()
    assert client.post("/panic/press/", "{}", content_type="application/json").status_code == 401


def test_a_button_that_is_moved_says_the_new_place(here: Territory, wall: Wall) -> None:
    room = RoomFactory.create(school=here.school, name="214")
    admin = actor(Role.SCHOOL_ADMIN, school=here.school)
    button = move_button(admin, wall.device.pk, name=" У охраны ", room=room, floor=None, spot="")
    assert (str(button), button.place) == ("У охраны", "У охраны, Room 214")
    assert wall.press().room == room
    assert str(wall_button(here.school).row).startswith("button")


def test_the_clock_of_the_first_test_starts_with_the_button(wall: Wall) -> None:
    clock = Clock.objects.get(code="button_test")
    assert wall.row.test_clock == clock
    assert (clock.code, clock.due_at - clock.started_at) == ("button_test", timedelta(days=30))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(["press", "resend", "replay", "beat", "lost"]), st.integers(-7200, 7200)), max_size=14
    )
)
def test_each_press_counts_once_and_none_is_lost_whatever_comes_in_which_order(
    here: Territory, acts: list[tuple[str, int]]
) -> None:
    """The model: a set of presses made, a number that only grows, and every message ever sent kept by a thief."""
    wall, highest = wall_button(here.school), 0
    presses: list[str] = []
    sent: list[tuple[str, Signed]] = []
    for act, skew in acts:
        at = {"sent_at": timezone.now().timestamp() + skew}
        if act == "lost":
            wall.counter = 0
            continue
        if act == "replay" and sent:
            path, signed = sent[skew % len(sent)]
            if path == PRESS:
                assert hear_press(signed).alarm is not None
            else:
                with pytest.raises(ReplayedError):
                    hear_heartbeat(signed)
        elif act == "beat":
            _through(wall, HEARTBEAT, sent, at)
        else:
            press = presses[skew % len(presses)] if act == "resend" and presses else str(uuid4())
            presses += [] if press in presses else [press]
            _through(wall, PRESS, sent, at | {"press": press})
        assert wall.row.counter >= highest
        highest = wall.row.counter
    kept = Press.objects.filter(device=wall.device).values_list("client_key", flat=True)
    assert sorted(map(str, kept)) == sorted(presses)


def _through(wall: Wall, path: str, sent: list[tuple[str, Signed]], said: dict[str, Any]) -> None:
    """As a button does: after a refusal with the number it was told, the same once more."""
    hear = hear_press if path == PRESS else hear_heartbeat
    signed = wall.signed(path, wall.body(**said))
    try:
        hear(signed)
    except ReplayedError as refused:
        wall.counter = refused.counter
        signed = wall.signed(path, wall.body(**said))
        hear(signed)
    sent.append((path, signed))


def test_over_http_no_session_is_asked_and_the_answer_is_signed(here: Territory, wall: Wall) -> None:
    client, body = Client(enforce_csrf_checks=True), wall.body(press=str(uuid4()))
    signed = signature(wall.key, b"POST", PRESS.encode(), body)
    headers = {"Tirek-Signature": signed}

    taken = client.post(PRESS, body, content_type="application/json", headers=headers)
    assert taken.status_code == 200
    alarm = Alarm.objects.get()
    said = taken.json()
    assert (said["alarm"], said["state"], said["counter"], said["heartbeat_s"]) == (str(alarm.pk), "waiting", 1, 900)
    assert is_signed(wall.key, taken["Tirek-Signature"], b"ANSWER", b"200", signed.encode(), taken.content)

    beat = wall.body()
    headers = {"Tirek-Signature": signature(wall.key, b"POST", HEARTBEAT.encode(), beat)}
    for status in (200, 409):
        answer = client.post(HEARTBEAT, beat, content_type="application/json", headers=headers)
        assert (answer.status_code, answer.json()["counter"], "alarm" in answer.json()) == (status, 2, False)
    assert client.post(PRESS, body, content_type="application/json").status_code == 401
    assert client.get(PRESS).status_code == 405


def test_a_locked_session_in_the_same_browser_refuses_no_press(wall: Wall) -> None:
    client = Client()
    user = User.objects.create(username="must", must_change_password=True)
    client.force_login(user)
    body = wall.body(press=str(uuid4()))
    headers = {"Tirek-Signature": signature(wall.key, b"POST", PRESS.encode(), body)}
    assert client.post(PRESS, body, content_type="application/json", headers=headers).status_code == 200
