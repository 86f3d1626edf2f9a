from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.accounts.models import User
from notifications.models import Alert
from notifications.selectors import cursor_of
from tests.directory.factories import UserFactory
from tests.notifications.factories import end, right_of, settled, signed_in

pytestmark = pytest.mark.usefixtures("transactional_db")
STREAM, BELL, SEEN, UNSEEN = (reverse(f"notifications:{name}") for name in ("stream", "bell", "seen", "unseen"))


@pytest.fixture
def reader(transactional_db: None) -> User:
    return UserFactory.create()


@pytest.fixture
def browser(reader: User) -> Client:
    right_of(reader)
    return signed_in(reader)


def test_the_stream_gives_what_came_after_the_cursor(reader: User, browser: Client) -> None:
    rows = [settled(reader, number) for number in (1, 2, 3)]
    answer = browser.get(STREAM, {"cursor": str(cursor_of(rows[0]))})
    page = answer.json()
    assert [item["id"] for item in page["items"]] == [rows[1].pk, rows[2].pk]
    assert (page["cursor"], page["more"], page["unread"]) == (str(cursor_of(rows[2])), False, 3)
    assert "no-store" in answer.headers["Cache-Control"]


def test_without_a_cursor_the_stream_gives_the_latest_first(reader: User, browser: Client) -> None:
    rows = [settled(reader, number) for number in (1, 2)]
    page = browser.get(STREAM).json()
    assert [item["id"] for item in page["items"]] == [rows[1].pk, rows[0].pk]
    assert page["cursor"] == str(cursor_of(rows[1]))


def test_the_stream_shows_nothing_of_others_and_nothing_of_ended_rights(reader: User, browser: Client) -> None:
    lost = right_of(reader)
    settled(UserFactory.create())
    settled(reader, 1, lost)
    end(lost)
    for query in ({}, {"cursor": "0"}):
        page = browser.get(STREAM, query).json()
        assert (page["items"], page["unread"]) == ([], 0)


def test_the_stream_refuses_visitors_and_unknown_positions(browser: Client) -> None:
    assert Client().get(STREAM).status_code == 401
    answer = browser.get(STREAM, {"cursor": "rubbish"})
    assert (answer.status_code, list(answer.json())) == (400, ["detail"])
    assert browser.post(STREAM).status_code == 405


@pytest.mark.parametrize(("url", "method"), [(BELL, "get"), (SEEN, "post")])
def test_the_bell_sends_visitors_to_sign_in(url: str, method: str) -> None:
    answer = getattr(Client(), method)(url)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('accounts:login')}?next={url}")


def test_the_bell_lists_the_latest_with_time_and_link(reader: User, browser: Client) -> None:
    row = settled(reader, 4)
    page = browser.get(BELL).content.decode()
    assert 'href="/cases/4/"' in page
    assert "Case no. 4 is now yours" in page
    assert f'datetime="{row.created_at.isoformat()}"' in page
    assert 'data-unread="1"' in page


def test_the_bell_leads_to_all_that_was_missed(reader: User, browser: Client) -> None:
    rows = [settled(reader, number) for number in range(25)]
    first = browser.get(BELL)
    second = browser.get(BELL, {"before": first.context["earlier"]})
    shown = [item["id"] for page in (first, second) for item in page.context["items"]]
    assert shown == [row.pk for row in reversed(rows)]
    assert f"?before={first.context['earlier']}" in first.content.decode()
    assert "?before=" not in second.content.decode()
    assert browser.get(BELL, {"before": "rubbish"}).status_code == 400


def test_an_empty_bell_says_what_will_come(browser: Client) -> None:
    page = browser.get(BELL).content.decode()
    assert "No alerts yet" in page
    assert reverse("notifications:seen") not in page


def test_what_the_bell_shows_is_marked_as_seen_and_nothing_later(reader: User, browser: Client) -> None:
    shown = settled(reader, 1)
    cursor = browser.get(BELL).context["cursor"]
    later = settled(reader, 2)
    answer = browser.post(SEEN, {"cursor": cursor})
    assert (answer.status_code, answer.context["unread"]) == (200, 1)
    shown.refresh_from_db()
    later.refresh_from_db()
    assert shown.seen_at is not None
    assert timezone.now() - shown.seen_at < timedelta(minutes=1)
    assert later.seen_at is None


@pytest.mark.parametrize("cursor", ["", "rubbish"])
def test_an_unknown_position_marks_nothing_and_says_so(reader: User, browser: Client, cursor: str) -> None:
    settled(reader)
    answer = browser.post(SEEN, {"cursor": cursor})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert Alert.objects.filter(recipient=reader, seen_at=None).count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_bell_costs_the_same_for_one_alert_and_for_thirty(
    reader: User, browser: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    right = right_of(reader)
    for number in range(count):
        settled(reader, number, right)
    browser.get(BELL)  # the first request of a session writes it
    with django_assert_max_num_queries(16):
        browser.get(BELL)


def test_what_was_marked_by_mistake_is_unseen_again_for_a_moment(reader: User, browser: Client) -> None:
    rows = [settled(reader, number) for number in (1, 2)]
    page = browser.post(SEEN, {"cursor": str(cursor_of(rows[1]))}).content.decode()
    moment = page.partition('name="moment" value="')[2].partition('"')[0]
    stranger = UserFactory.create()
    right_of(stranger)
    assert signed_in(stranger).post(UNSEEN, {"moment": moment}).status_code == 409
    assert 'data-unread="2"' in browser.post(UNSEEN, {"moment": moment}).content.decode()
    assert browser.post(UNSEEN, {"moment": moment}).status_code == 409


def test_after_fifteen_seconds_they_stay_seen(reader: User, browser: Client) -> None:
    row, late = settled(reader, 1), timezone.now() - timedelta(seconds=16)
    Alert.objects.filter(pk=row.pk).update(seen_at=late)
    assert browser.post(UNSEEN, {"moment": late.isoformat()}).status_code == 409
    assert [browser.post(UNSEEN, {"moment": said}).status_code for said in ("", "never", "2026-01-01T10:00")] == [
        400
    ] * 3
    assert Alert.objects.get(pk=row.pk).seen_at == late


def test_nothing_is_offered_where_nothing_was_marked(browser: Client) -> None:
    assert "data-undo-offer" not in browser.post(SEEN, {"cursor": "0"}).content.decode()
