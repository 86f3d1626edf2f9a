"""Before it is accepted nothing that anybody is sent tells a drill from a real alarm (rule 20)."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseflow.alarms.enums import Step
from caseflow.alarms.models import Alarm, AlarmStep, Call
from caseflow.alarms.rules.buttons import signature
from caseflow.alarms.selectors.board import board_of
from caseflow.alarms.selectors.progress import progress_of
from caseflow.alarms.services import accept, enrol_own_phone, tend_drills
from caseflow.alarms.views.panic import KEY
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.models import Alert
from tests.alarms.buttons import PRESS, wall_button
from tests.alarms.drills import armed, officer_of, planned
from tests.alarms.factories import Territory, staff_phone, territory
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db
MAY_DIFFER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[A-Za-z0-9]{64}\b|[0-9]+")  # ids, CSRF tokens, times


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def duty(here: Territory) -> Actor:
    return actor(Role.DUTY_PERSON, school=here.school)


Pair = tuple[Alarm, Alarm]


@pytest.fixture
def pair(here: Territory, duty: Actor) -> Pair:
    """A drill and a real alarm of two alike buttons."""
    first, second = wall_button(here.school), wall_button(here.school)
    armed(officer_of(here.school), first.device)
    return first.press(), second.press()


def shape(text: str) -> str:
    return MAY_DIFFER.sub("•", text)


def same(pair: Pair, read: Callable[[Alarm], str]) -> None:
    drill, real = (shape(read(alarm)) for alarm in pair)
    assert drill == real


def test_pages_and_api_of_operator_and_school_are_alike(here: Territory, duty: Actor, pair: Pair) -> None:
    console, school = signed_in(here.operator), signed_in(duty)
    for client, route in (
        (console, "alarms:detail"),
        (console, "api:alarm-detail"),
        (school, "alarms:school-alarm"),
        (school, "api:alarm-detail"),
    ):
        same(pair, lambda alarm, client=client, route=route: _read(client, reverse(route, args=[alarm.pk])))  # type: ignore[misc]


@pytest.mark.parametrize("route", ["alarms:list", "alarms:console", "alarms:school", "api:alarm-list"])
def test_the_rows_of_lists_are_alike_and_in_the_order_of_the_presses(
    here: Territory, duty: Actor, pair: Pair, route: str
) -> None:
    who = duty if route == "alarms:school" else here.operator
    page = _read(signed_in(who), reverse(route))
    assert "drill" not in page.replace("is_drill", "").lower()
    drill, real = pair
    assert [alarm.pk for alarm in board_of(here.operator).open] == [drill.pk, real.pk]
    assert page.count('"is_drill": false') in (0, 2) or page.count('"is_drill":false') == 2


def test_a_real_alarm_pressed_first_stands_first(here: Territory) -> None:
    wall, other = wall_button(here.school), wall_button(here.school)
    armed(officer_of(here.school), other.device)
    real, drill = wall.press(), other.press()
    assert [alarm.pk for alarm in board_of(here.operator).open] == [real.pk, drill.pk]


def test_what_the_presser_is_told_is_alike(here: Territory) -> None:
    answers = []
    for is_one in (True, False):
        device, key = enrol_own_phone(actor(Role.TEACHER, school=here.school))
        if is_one:
            armed(officer_of(here.school), device)
        client = Client()
        client.cookies[KEY] = key
        press = client.post("/panic/press/", {"client_key": str(uuid4())}, content_type="application/json")
        progress = client.get(f"/panic/alarms/{press.json()['id']}/")
        answers.append([shape(each.content.decode()) for each in (press, progress, client.get("/panic/"))])
    assert answers[0] == answers[1]


def test_a_button_is_answered_alike(here: Territory) -> None:
    answers = []
    for is_one in (True, False):
        wall = wall_button(here.school)
        if is_one:
            armed(officer_of(here.school), wall.device)
        body = wall.body(press=str(uuid4()))
        headers = {"Tirek-Signature": signature(wall.key, b"POST", PRESS.encode(), body)}
        answer = Client().post(PRESS, body, content_type="application/json", headers=headers)
        answers.append(
            (answer.status_code, len(answer.content), shape(answer.content.decode()), sorted(answer.headers))
        )
    assert answers[0] == answers[1]


def test_alerts_calls_and_steps_are_alike(here: Territory, pair: Pair) -> None:
    def kept(alarm: Alarm) -> str:
        alerts = Alert.objects.filter(url__contains=str(alarm.pk)).values_list("recipient", "kind", "params", "url")
        calls = Call.objects.filter(alarm=alarm).values_list("centre", "rung")
        steps = AlarmStep.objects.filter(alarm=alarm).values_list("step", flat=True)
        return repr((sorted(map(str, alerts)), list(calls), list(steps)))

    same(pair, kept)
    assert list(AlarmStep.objects.values_list("step", flat=True)) == [Step.PRESSED, Step.PRESSED]


def test_after_the_acceptance_everybody_who_may_see_it_knows(here: Territory, duty: Actor, pair: Pair) -> None:
    drill, real = (accept(here.operator, alarm.pk) for alarm in pair)
    console, school = signed_in(here.operator), signed_in(duty)
    for alarm, said in ((drill, True), (real, False)):
        assert ("This is a drill" in _read(console, reverse("alarms:detail", args=[alarm.pk]))) == said
        assert ("This is a drill" in _read(school, reverse("alarms:school-alarm", args=[alarm.pk]))) == said
        assert console.get(reverse("api:alarm-detail", args=[alarm.pk])).json()["alarm"]["is_drill"] == said
        assert progress_of(alarm)["is_drill"] == said
    assert "Patrol sent" not in _read(console, reverse("alarms:detail", args=[drill.pk])).split("c-steps")[0]
    assert "is-drill" in _read(console, reverse("alarms:list"))


def test_the_register_and_the_phone_say_nothing_of_a_coming_drill(here: Territory) -> None:
    wall = wall_button(here.school)
    readers = [actor(role, school=here.school) for role in (Role.SCHOOL_ADMIN, Role.DUTY_PERSON, Role.PRINCIPAL)]
    device, key = enrol_own_phone(actor(Role.TEACHER, school=here.school))
    before = _everything(readers, key)
    for one in (wall.device, device):
        armed(officer_of(here.school), one)
    assert _everything(readers, key) == before


def test_only_the_officers_of_the_district_are_told_that_one_is_due(here: Territory) -> None:
    for role in (Role.SCHOOL_ADMIN, Role.DUTY_PERSON, Role.PRINCIPAL):
        actor(role, school=here.school)
    officer = officer_of(here.school)
    planned(officer, staff_phone(here.school))
    tend_drills(timezone.now() + timedelta(days=2))
    assert set(Alert.objects.filter(kind="drill_due").values_list("recipient", flat=True)) == {officer.user.pk}


def test_a_press_asks_the_database_the_same_whether_it_is_a_drill_or_not(here: Territory) -> None:
    asked = []
    for is_one in (True, False):
        wall = wall_button(here.school)
        if is_one:
            armed(officer_of(here.school), wall.device)
        with CaptureQueriesContext(connection) as queries:
            wall.press()
        asked.append(len(queries))
    assert asked[0] == asked[1]


def _everything(readers: list[Actor], key: str) -> list[str]:
    client = Client()
    client.cookies[KEY] = key
    pages = [shape(_read(signed_in(who), reverse("alarms:buttons"))) for who in readers]
    return [*pages, shape(_read(client, "/panic/"))]


def _read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()
