"""The panic page of an enrolled phone: what it sends is taken whatever stands around it (rule 20)."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from caseflow.accounts.rules import LOCKED
from caseflow.alarms.models import Alarm, AlarmMessage, Device, Press
from caseflow.alarms.services import accept, enrol_own_phone, enrol_pupil_phone, renew_code
from caseflow.alarms.views.panic import KEY
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.alarms.factories import Territory, territory
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db
PRESS = "/panic/press/"


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def teacher(here: Territory) -> Actor:
    return actor(Role.TEACHER, school=here.school)


@pytest.fixture
def phone(teacher: Actor) -> Client:
    return phone_with(enrol_own_phone(teacher)[1])


def phone_with(key: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies[KEY] = key
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def send(client: Client, path: str = PRESS, **body: Any) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json")


def test_a_press_is_answered_with_how_it_stands(here: Territory, phone: Client) -> None:
    answer = send(phone, client_key=str(uuid4()), spot="gym", floor=1, anonymous=False)

    told, alarm = answer.json(), Alarm.objects.get()
    assert answer.status_code == 200
    assert (told["id"], told["state"], told["place"]) == (str(alarm.pk), "waiting", "Gym, floor 1")
    assert [bool(step["at"]) for step in told["steps"]] == [True, False, False, False, False]
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"

    accept(here.operator, alarm.pk)
    assert phone.get(f"/panic/alarms/{alarm.pk}/").json()["headline"] == "The police have accepted"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[1, 2]",
        b'{"client_key": "no uuid", "floor": "two", "room": true, "spot": 7, "waited_s": "long"}',
        b'{"waited_s": 1e400, "floor": 1e300, "room": -1}',
        b'{"waited_s": -5, "room": 99999999999999999999}',
        '{"spot": "\u0000"}'.encode(),
    ],
)
def test_whatever_a_phone_sends_its_press_is_taken(phone: Client, body: bytes) -> None:
    answer = phone.post(PRESS, body, content_type="application/json")

    assert answer.status_code == 200
    assert Press.objects.count() == Alarm.objects.count() == 1


def test_a_locked_session_on_the_same_phone_stops_no_press(teacher: Actor) -> None:
    client = signed_in(teacher)
    client.cookies[KEY] = enrol_own_phone(teacher)[1]
    session = client.session
    session[LOCKED] = True
    session.save()
    assert client.get(reverse("incidents:mine")).status_code == 302

    assert send(client, client_key=str(uuid4())).status_code == 200
    assert client.get("/panic/").status_code == 200


def test_a_phone_without_a_key_or_with_an_ended_one_is_told_to_call(teacher: Actor) -> None:
    device, key = enrol_own_phone(teacher)
    Device.objects.filter(pk=device.pk).update(ended_at=device.enrolled_at)

    for client in (Client(), phone_with(key), phone_with("guessed")):
        answer = send(client, client_key=str(uuid4()))
        assert (answer.status_code, "102" in answer.json()["detail"]) == (401, True)
    assert not Alarm.objects.exists()


def test_the_key_of_a_phone_goes_to_the_panic_page_alone_and_not_to_scripts(teacher: Actor) -> None:
    answer = signed_in(teacher).post(reverse("alarms:own-phone"))

    cookie = answer.cookies[KEY]
    assert (answer.status_code, answer["Location"]) == (302, "/panic/")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/panic/", True, "Strict")
    assert not Device.objects.filter(key_digest=cookie.value).exists()


def test_a_pupil_enrols_by_the_code_and_nothing_of_the_pupil_is_kept(here: Territory) -> None:
    code = renew_code(actor(Role.SCHOOL_ADMIN, school=here.school), end_phones=False)
    client = Client()
    page = reverse("panic:join", args=[code.token])
    assert here.school.name in client.get(page).content.decode()

    assert client.post(page).status_code == 302
    device = Device.objects.get(code=code)
    assert (device.school, device.holder, device.user) == (here.school, "pupil", None)
    assert send(client, client_key=str(uuid4()), anonymous=False).status_code == 200
    assert Alarm.objects.get().device == device


def test_a_revoked_code_enrols_nobody_and_can_end_the_phones_that_came_by_it(here: Territory) -> None:
    admin = actor(Role.SCHOOL_ADMIN, school=here.school)
    old = renew_code(admin, end_phones=False)
    _device, key = enrol_pupil_phone(old.token)
    renew_code(admin, end_phones=False)
    assert Client().get(reverse("panic:join", args=[old.token])).status_code == 404
    assert send(phone_with(key), client_key=str(uuid4())).status_code == 200

    renew_code(admin, end_phones=True)
    assert send(phone_with(key), client_key=str(uuid4())).status_code == 401


def test_the_presser_says_something_without_typing(here: Territory, phone: Client) -> None:
    pk = send(phone, client_key=str(uuid4())).json()["id"]

    assert send(phone, f"/panic/alarms/{pk}/word/", word="injured").status_code == 200
    assert send(phone, f"/panic/alarms/{pk}/word/", word="nonsense").status_code == 422
    assert [message.word for message in AlarmMessage.objects.all()] == ["injured"]


def test_a_late_press_is_asked_about_and_answered(phone: Client) -> None:
    told = send(phone, client_key=str(uuid4()), waited_s=1800).json()
    assert (told["asks_whether_needed"], told["waited_s"]) == (True, 1800)

    told = send(phone, f"/panic/alarms/{told['id']}/needed/", needed=False).json()
    assert told["asks_whether_needed"] is False
    assert Alarm.objects.get().still_needed is False


def test_another_phone_s_alarm_is_not_there(here: Territory, phone: Client) -> None:
    pk = send(phone, client_key=str(uuid4())).json()["id"]
    other = phone_with(enrol_own_phone(actor(Role.TEACHER, school=here.school))[1])

    assert other.get(f"/panic/alarms/{pk}/").status_code == 404
    assert send(other, f"/panic/alarms/{pk}/needed/", needed=True).status_code == 404
    assert send(other, f"/panic/alarms/{pk}/word/", word="injured").status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_can_be_put_on_the_home_screen(phone: Client, language: str) -> None:
    phone.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    manifest = json.loads(phone.get("/panic/manifest.webmanifest").content)
    worker = phone.get("/panic/worker.js")

    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/panic/", "/panic/", "standalone")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "{%" not in worker.content.decode()


@pytest.mark.parametrize("key", ["", "nobody's"])
def test_a_phone_with_a_key_that_is_none_is_asked_to_enrol_and_told_whom_to_call(key: str) -> None:
    phone = phone_with(key)
    assert "alarms/not_enrolled.html" in [template.name for template in phone.get(reverse("panic:panic")).templates]
    answer = phone.post(PRESS, json.dumps({"client_key": str(uuid4())}), content_type="application/json")
    assert answer.status_code == 401
    assert "102" in answer.json()["detail"]
    assert not Alarm.objects.exists()
