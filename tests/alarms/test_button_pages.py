"""The register of fixed buttons, and a button that is none."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.alarms.enums import ButtonState
from caseflow.alarms.management.commands import button as acting
from caseflow.alarms.models import Alarm, Button, Device
from caseflow.alarms.selectors.buttons import register_of
from caseflow.alarms.tasks import sweep_buttons
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.alarms.buttons import wall_button
from tests.alarms.factories import Territory, territory
from tests.directory.factories import RoomFactory, actor, signed_in

pytestmark = pytest.mark.django_db
REGISTER = "alarms:buttons"


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def admin(here: Territory) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=here.school)


def page_of(who: Actor) -> str:
    return signed_in(who).get(reverse(REGISTER)).content.decode()


def test_the_administrator_registers_a_button_and_sees_its_key_once(here: Territory, admin: Actor) -> None:
    room = RoomFactory.create(school=here.school, name="214")
    client = signed_in(admin)
    assert "No button is registered" in client.get(reverse(REGISTER)).content.decode()
    assert client.get(reverse("alarms:add-button")).status_code == 200

    shown = client.post(reverse("alarms:add-button"), {"name": "Вахта", "room": room.pk})
    key = re.findall(r"<code>([0-9a-f]{64})</code>", shown.content.decode())
    assert (shown.status_code, len(key), "no-store" in shown["Cache-Control"]) == (200, 1, True)
    page = client.get(reverse(REGISTER)).content.decode()
    assert key[0] not in page
    assert "Вахта, Room 214" in page
    assert "Never tested" in page
    assert "Never heard" in page


@pytest.mark.parametrize("sent", [{"name": "Вахта"}, {"room": "0"}, {"spot": "moon"}, {"spot": "gym", "floor": "99"}])
def test_a_button_without_a_place_is_not_registered(admin: Actor, sent: dict[str, str]) -> None:
    assert signed_in(admin).post(reverse("alarms:add-button"), sent).status_code == 422
    assert not Button.objects.exists()


def test_the_administrator_moves_a_button_gives_it_a_new_key_and_ends_it(here: Territory, admin: Actor) -> None:
    wall, client = wall_button(here.school, name="Вахта"), signed_in(admin)
    pk = wall.device.pk
    page = reverse("alarms:button", args=[pk])
    assert 'value="Вахта"' in client.get(page).content.decode()

    assert client.post(page, {"name": ""}).status_code == 422
    assert client.post(page, {"name": "Зал", "spot": "gym", "floor": "1"})["Location"] == reverse(REGISTER)
    assert wall.row.place == "Зал, Gym, floor 1"
    fresh = client.post(reverse("alarms:new-button-key", args=[pk])).content.decode()
    assert wall.key.hex() not in fresh
    assert client.post(reverse("alarms:end-button", args=[pk]))["Location"] == reverse(REGISTER)
    assert Device.objects.get(pk=pk).ended_at is not None
    assert client.get(page).status_code == 404


def test_a_phone_is_no_button(here: Territory, admin: Actor) -> None:
    assert signed_in(admin).post(reverse("alarms:end-button", args=[here.phone.pk])).status_code == 404
    wall_button(here.school, name="Вахта")
    assert "Вахта" not in signed_in(admin).get(reverse("alarms:phones")).content.decode()


def test_the_worst_button_stands_first_with_what_is_wrong(here: Territory, admin: Actor) -> None:
    well, low, ahead, silent, never = (wall_button(here.school, name=name) for name in ("В", "Н", "Ч", "М", "Т"))
    well.beat(battery=90, sent_at=timezone.now().timestamp() + 20)
    low.beat(battery=7)
    ahead.beat(sent_at=timezone.now().timestamp() - 2 * 3600)
    silent.beat()
    hours = timezone.now() - timedelta(hours=3)
    Button.objects.filter(device=silent.device).update(heard_at=hours)

    rows = register_of(admin)
    assert [(row.button.device_id, row.state) for row in rows] == [
        (silent.device.pk, ButtonState.SILENT),
        (never.device.pk, ButtonState.NEVER_HEARD),
        (low.device.pk, ButtonState.LOW_BATTERY),
        (ahead.device.pk, ButtonState.WRONG_CLOCK),
        (well.device.pk, ButtonState.WELL),
    ]
    page = page_of(admin)
    for said in ("Silent", "Never heard", "battery 7 %", "its clock is 2 h behind", "Works"):
        assert said in page
    assert not rows[-1].skew


def test_a_clock_that_is_ahead_is_said_so(here: Territory, admin: Actor) -> None:
    wall_button(here.school).beat(sent_at=timezone.now().timestamp() + 600)
    assert "its clock is 10 min ahead" in page_of(admin)


def test_the_duty_person_and_the_head_read_the_register_and_change_nothing(here: Territory) -> None:
    wall_button(here.school, name="Вахта")
    for role in (Role.DUTY_PERSON, Role.PRINCIPAL):
        page = page_of(actor(role, school=here.school))
        assert "Вахта" in page
        assert reverse("alarms:add-button") not in page


def test_the_drill_officer_sees_the_schools_of_the_district(here: Territory) -> None:
    wall_button(here.school, name="Вахта")
    elsewhere = territory()
    wall_button(elsewhere.school, name="Гимназия")
    page = page_of(actor(Role.DRILL_OFFICER, district=here.school.district))
    assert "Вахта" in page
    assert str(here.school) in page
    assert "Гимназия" not in page


def test_the_register_costs_the_same_for_one_and_for_many(
    here: Territory, admin: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 8):
        for _ in range(number):
            wall_button(here.school)
        with django_assert_num_queries(2):
            register_of(admin)


def test_the_sweep_asks(here: Territory) -> None:
    wall_button(here.school).beat(battery=3)
    assert sweep_buttons() == 1


# A button that is none ----------------------------------------------------------------------------------------------


class Line:
    """What stands in for the network: a request goes straight into the product."""

    def __init__(self, host: str, port: int | None, timeout: float) -> None:
        self.client = Client()

    def request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        kind = headers.pop("Content-Type")
        self.answer = self.client.post(path, body, content_type=kind, headers=headers)

    def getresponse(self) -> "Line":
        self.status = self.answer.status_code
        return self

    def getheader(self, name: str, default: str) -> str:
        return self.answer.headers.get(name, default)

    def read(self) -> bytes:
        return self.answer.content

    def close(self) -> None:
        pass


@pytest.fixture
def enrolled(here: Territory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(acting, "HTTPConnection", Line)
    wall, file = wall_button(here.school), tmp_path / "button.json"
    act(file, "enrol", "--server", "http://localhost", "--device", str(wall.device.pk), "--key", wall.key.hex())
    return file


def act(file: Path, *words: str) -> None:
    call_command("button", str(file), *words)


def test_it_presses_and_sends_again_and_replays_as_one_alarm(enrolled: Path) -> None:
    act(enrolled, "press", "--waited", "90", "--skew", "-3000")
    act(enrolled, "press", "--again")
    act(enrolled, "press", "--replay")
    alarm = Alarm.objects.get()
    assert alarm.waited_s == 90
    act(enrolled, "press", "--real")
    assert (Alarm.objects.count(), alarm.presses.count()) == (1, 2)


def test_it_lives_and_a_replayed_heartbeat_is_refused(enrolled: Path) -> None:
    act(enrolled, "heartbeat", "--battery", "44")
    assert Button.objects.get().battery == 44
    with pytest.raises(CommandError, match="Not taken"):
        act(enrolled, "heartbeat", "--replay")


def test_it_finds_its_number_again(enrolled: Path) -> None:
    act(enrolled, "heartbeat")
    act(enrolled, "heartbeat")
    act(enrolled, "press", "--counter", "1")
    assert (Alarm.objects.count(), Button.objects.get().counter) == (1, 3)


def test_it_counts_an_answer_that_is_not_signed_as_none(enrolled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Line, "getheader", lambda *_: "0" * 64)
    with pytest.raises(CommandError, match="not signed"):
        act(enrolled, "press")


def test_it_says_that_its_key_is_not_known_any_more(enrolled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Device.objects.update(ended_at=timezone.now())
    with pytest.raises(CommandError, match="Not taken"):
        act(enrolled, "press")
    monkeypatch.setattr(Line, "read", lambda _line: b"<html>")
    with pytest.raises(CommandError, match="Not taken"):
        act(enrolled, "press")


def test_it_says_that_nobody_answers(enrolled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any) -> None:
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(Line, "request", nobody)
    with pytest.raises(CommandError, match="does not answer"):
        act(enrolled, "press")
    assert json.loads(enrolled.read_text())["counter"] == 0


@pytest.mark.parametrize("key", ["12", "xy" * 32])
def test_a_key_that_is_none_is_not_enrolled(tmp_path: Path, key: str) -> None:
    who = "5d0f3b1e-0000-4000-8000-000000000000"
    with pytest.raises(CommandError, match="64"):
        act(tmp_path / "b", "enrol", "--server", "http://x", "--device", who, "--key", key)
    with pytest.raises(CommandError, match="begin with enrol"):
        act(tmp_path / "b", "press")
    assert Alarm.objects.count() == 0


def test_what_was_never_sent_is_not_replayed(enrolled: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was sent"):
        act(enrolled, "press", "--replay")
