"""What the service worker is told when a push has woken it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.accounts.models import User
from caseflow.accounts.rules import ACTIVE_AT, LOCKED, SIGNED_IN_AT
from caseflow.directory.models import Membership
from notifications.enums import ALARM_KINDS, AlertKind, DeliveryState
from notifications.models import Alert, Delivery
from notifications.selectors import present
from notifications.services import alert, mark_seen, place
from tests.directory.factories import UserFactory
from tests.notifications.factories import end, right_of, settled, signed_in
from tests.notifications.wishes import browser_of

pytestmark = pytest.mark.django_db
URL = reverse("notifications:waiting")
SCHOOL = {"kk": "№ 4 мектеп", "ru": "Школа № 4", "en": "School No. 4"}
PAGE = "/alarms/?alarm=5d0f3b1e"


@pytest.fixture
def reader(db: None) -> User:
    user: User = UserFactory.create(language="en")
    browser_of(user, "https://push.example/one")
    return user


@pytest.fixture
def browser(reader: User) -> Client:
    right_of(reader)
    return signed_in(reader)


def ring(user: User, right: Membership | None = None, kind: str = AlertKind.ALARM, url: str = PAGE) -> Alert:
    """An alarm for the person."""
    alert(recipients=[(user.pk, right.pk if right else None)], kind=kind, params={"school": SCHOOL}, url=url)
    return Alert.objects.filter(recipient=user).latest("pk")


def asked(browser: Client, **headers: str) -> dict[str, Any]:
    answer = browser.get(URL, headers=headers)
    assert answer.status_code == 200
    return dict(answer.json())


@pytest.mark.parametrize("kind", sorted(ALARM_KINDS))
def test_an_alarm_is_named_as_one_and_leads_to_its_page(reader: User, browser: Client, kind: str) -> None:
    ring(reader, kind=kind)
    assert asked(browser) == {
        "kind": "alarm",
        "title": "Tirek: alarm",
        "body": "Touch this to open it",
        "url": PAGE,
    }


def test_other_news_are_told_without_what_they_are_about(reader: User, browser: Client) -> None:
    settled(reader, 4)
    assert asked(browser) == {
        "kind": "news",
        "title": "Tirek: something new waits for you",
        "body": "",
        "url": "/",
    }


def test_where_nothing_waits_the_sentence_is_that_of_news(reader: User, browser: Client) -> None:
    settled(reader, 4)
    ring(reader)
    place()
    mark_seen(reader.pk, present(reader.pk))
    answer = asked(browser)
    assert (answer["kind"], answer["title"], answer["url"]) == ("nothing", "Tirek: something new waits for you", "/")


def test_an_alarm_comes_before_later_news_and_the_newest_before_the_others(reader: User, browser: Client) -> None:
    ring(reader, url="/alarms/?alarm=1")
    ring(reader, url="/alarms/?alarm=2")
    settled(reader, 4)
    assert asked(browser)["url"] == "/alarms/?alarm=2"


def test_an_alarm_without_a_position_counts_already(reader: User, browser: Client) -> None:
    row = ring(reader)
    assert row.position is None
    assert asked(browser)["kind"] == "alarm"


def test_an_alarm_counts_as_long_as_its_push_may_come(reader: User, browser: Client) -> None:
    row, now = ring(reader), timezone.now()
    push = Delivery.objects.filter(alert=row)
    push.update(state=DeliveryState.FAILED, created_at=now - timedelta(hours=2))
    assert asked(browser)["kind"] == "alarm"
    push.update(state=DeliveryState.SENT, sent_at=now - timedelta(minutes=59))
    assert asked(browser)["kind"] == "alarm"
    push.update(sent_at=now - timedelta(minutes=61))
    assert asked(browser)["kind"] == "news"
    push.update(state=DeliveryState.GIVEN_UP, sent_at=None)
    assert asked(browser)["kind"] == "news"


def test_alarms_of_others_and_of_ended_rights_are_nothing_to_the_person(reader: User, browser: Client) -> None:
    other: User = UserFactory.create()
    browser_of(other, "https://push.example/other")
    ring(other)
    lost = right_of(reader)
    ring(reader, lost)
    assert asked(browser)["kind"] == "alarm"
    end(lost)
    assert asked(browser)["kind"] == "nothing"


def test_an_alarm_for_another_of_ones_roles_is_told_in_every_one(reader: User, browser: Client) -> None:
    ring(reader, right_of(reader))
    assert asked(browser)["kind"] == "alarm"


def test_it_speaks_the_persons_language(reader: User, browser: Client) -> None:
    ring(reader)
    titles = {}
    for language in ("kk", "ru"):
        User.objects.filter(pk=reader.pk).update(language=language)
        answer = browser.get(URL)
        assert answer.headers["Content-Language"] == language
        titles[language] = answer.json()["title"]
    assert titles == {"kk": "Тірек: дабыл", "ru": "Тірек: тревога"}


def test_nothing_of_a_person_a_place_or_a_matter_is_in_it(reader: User, browser: Client) -> None:
    settled(reader, 4719)
    ring(reader, url="/alarms/")
    text = browser.get(URL).content.decode()
    for word in (*SCHOOL.values(), "4719", reader.last_name, reader.username):
        assert word not in text


def test_visitors_are_refused(client: Client) -> None:
    answer = client.get(URL)
    assert (answer.status_code, list(answer.json())) == (401, ["detail"])
    assert client.post(URL).status_code == 405


def test_no_answer_is_kept_by_a_browser(browser: Client) -> None:
    assert browser.get(URL).headers["Cache-Control"] == "no-store"


def aged(browser: Client, *, idle_s: float, signed_in_s: float = 0) -> None:
    session, now = browser.session, timezone.now().timestamp()
    session[SIGNED_IN_AT], session[ACTIVE_AT] = now - max(signed_in_s, idle_s), now - idle_s
    session.save()


def test_the_question_keeps_no_session_awake(browser: Client) -> None:
    aged(browser, idle_s=600)
    before = browser.session[ACTIVE_AT]
    asked(browser, **{"X-Passive": "1"})
    assert browser.session[ACTIVE_AT] == before


def test_a_locked_session_learns_that_there_is_an_alarm_and_stays_locked(reader: User, browser: Client) -> None:
    ring(reader)
    aged(browser, idle_s=16 * 60)
    assert asked(browser, **{"X-Passive": "1"})["kind"] == "alarm"
    assert browser.session[LOCKED]


def test_a_session_that_is_over_learns_nothing(reader: User, browser: Client) -> None:
    ring(reader)
    aged(browser, idle_s=60, signed_in_s=13 * 3600)
    assert browser.get(URL, headers={"Accept": "application/json"}).status_code == 401


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_for_one_alert_and_for_thirty(
    reader: User, browser: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    right = right_of(reader)
    for number in range(count):
        settled(reader, number, right)
    browser.get(URL)  # the first request of a session writes it
    with django_assert_max_num_queries(9):
        browser.get(URL)


def test_a_person_must_choose_a_password_first(reader: User, browser: Client) -> None:
    User.objects.filter(pk=reader.pk).update(must_change_password=True)
    assert browser.get(URL, headers={"Accept": "application/json"}).status_code == 401
