"""Idling locks the details of the console, never its alarms, sound and accepting (rule 23)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.accounts.rules import ACTIVE_AT, LOCKED, SIGNED_IN_AT, WATCHES
from caseflow.alarms.enums import AlarmState
from caseflow.alarms.models import Alarm
from caseflow.alarms.services import accept
from tests.alarms.factories import Territory, pressed, territory
from tests.directory.factories import PASSWORD, actor, signed_in

pytestmark = pytest.mark.django_db
CONSOLE, LIST, MAP = (reverse(f"alarms:{name}") for name in ("console", "list", "map"))


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def console(here: Territory) -> Client:
    """The operator's browser, left alone for sixteen minutes."""
    client = signed_in(here.operator)
    client.get(CONSOLE)
    session, now = client.session, timezone.now().timestamp()
    session[SIGNED_IN_AT] = session[ACTIVE_AT] = now - 16 * 60
    session.save()
    return client


def of(alarm: Alarm, route: str) -> str:
    return reverse(f"alarms:{route}", args=[alarm.pk])


@pytest.mark.parametrize("page", [CONSOLE, LIST, MAP])
def test_alarms_go_on_being_shown(here: Territory, console: Client, page: str) -> None:
    pressed(here.phone)
    answer = console.get(page)
    assert answer.status_code == 200
    assert console.session[LOCKED]
    assert page == MAP or str(here.school) in answer.content.decode()


def test_it_is_accepted_and_nothing_else_is_done(here: Territory, console: Client) -> None:
    alarm = pressed(here.phone)
    for step in ("take_over", "dispatch", "arrive", "close"):
        assert console.post(of(alarm, "step"), {"step": step}).status_code == 409
    answer = console.post(of(alarm, "step"), {"step": "accept"})
    assert answer.status_code == 200
    assert Alarm.objects.get().state == AlarmState.ACCEPTED
    assert console.post(of(alarm, "step"), {"step": "dispatch", "patrol": "12"}).status_code == 409
    assert Alarm.objects.get().state == AlarmState.ACCEPTED


def test_the_details_and_the_chat_are_locked_until_the_password_is_typed(here: Territory, console: Client) -> None:
    alarm = pressed(here.phone, anonymous=False)
    accept(here.operator, alarm.pk)
    assert here.phone.user
    name = here.phone.user.short_name

    locked = console.get(of(alarm, "detail")).content.decode()
    assert str(here.school) in locked
    assert name not in locked
    assert console.post(of(alarm, "say"), {"text": "Закройте двери"})["Location"].startswith("/accounts/lock/")

    back = console.post("/accounts/lock/", {"password": PASSWORD, "next": f"{CONSOLE}?alarm={alarm.pk}"})
    assert back["Location"] == f"{CONSOLE}?alarm={alarm.pk}"
    assert name in console.get(of(alarm, "detail")).content.decode()


def test_every_other_page_answers_with_the_lock(console: Client) -> None:
    assert console.get("/accounts/profile/")["Location"].startswith("/accounts/lock/")


def test_another_role_of_the_same_person_has_no_console(here: Territory, console: Client) -> None:
    assert console.session[WATCHES]
    console.post("/accounts/lock/", {"password": PASSWORD})
    console.get(CONSOLE)
    other = actor(here.operator.role, user=here.operator.user, agency=here.neighbour.agency)
    console.post("/accounts/lock/", {"password": PASSWORD})
    console.post(reverse("directory:act"), {"membership": other.membership.pk})
    assert WATCHES not in console.session
