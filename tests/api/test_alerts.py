"""One's own alerts by the API, from a commit-ordered cursor."""

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.enums import AlertKind
from notifications.models import Alert
from notifications.rules import Cursor
from notifications.selectors import cursor_of
from notifications.services import alert, place
from tests.api.asking import get, post
from tests.directory.factories import SchoolFactory, actor
from tests.notifications.factories import settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())


def test_the_latest_come_first_and_the_cursor_goes_on_behind_them(who: Actor) -> None:
    settled(who.user, 1)
    settled(who.user, 2)
    settled(actor(Role.TEACHER, school=SchoolFactory.create()).user, 3)
    latest = get(who, "alert-list").json()
    assert [row["url"] for row in latest["items"]] == ["/cases/2/", "/cases/1/"]
    assert (latest["unread"], latest["more"]) == (2, False)
    settled(who.user, 4)
    later = get(who, "alert-list", cursor=latest["cursor"]).json()
    assert [row["url"] for row in later["items"]] == ["/cases/4/"]
    assert get(who, "alert-list", cursor=later["cursor"]).json()["items"] == []


def test_a_long_absence_is_read_in_pieces_and_nothing_is_passed_over(who: Actor) -> None:
    for number in range(1, 61):
        settled(who.user, number)
    cursor, read = str(Cursor()), []
    for _ in range(2):
        page = get(who, "alert-list", cursor=cursor).json()
        read += [row["url"] for row in page["items"]]
        cursor = page["cursor"]
    assert read == [f"/cases/{number}/" for number in range(1, 61)]


def test_what_lies_behind_a_higher_id_but_was_committed_later_is_not_lost(who: Actor) -> None:
    """On PostgreSQL ids are handed out before commit: the position is given after it."""
    first, second = settled(who.user, 1), settled(who.user, 2)
    cursor = str(cursor_of(second))
    Alert.objects.filter(pk=first.pk).update(position=None)
    assert [row["id"] for row in get(who, "alert-list", cursor=cursor).json()["items"]] == [first.pk]


def test_what_a_model_found_says_so_with_its_name_and_version(who: Actor) -> None:
    params = {"model": "mini-XCEPTION 1.0", "school": "№ 1", "category": "mood_signal"}
    alert(recipients=[(who.user.pk, None)], kind=AlertKind.TRIAGE_ITEM_NEW, params=params, url="/today/")
    place()
    (row,) = get(who, "alert-list").json()["items"]
    assert (row["ai_generated"], row["model"]) == (True, "mini-XCEPTION 1.0")


def test_marking_as_seen_reaches_up_to_the_cursor(who: Actor) -> None:
    first = settled(who.user, 1)
    settled(who.user, 2)
    position = get(who, "alert-list").json()["items"][-1]["cursor"]
    answer = post(who, "alert-seen", cursor=position)
    assert (answer.status_code, answer.json()["unread"]) == (200, 1)
    assert Alert.objects.get(seen_at__isnull=False) == first


@pytest.mark.parametrize("cursor", ["7.1", "x", "9" * 30, "-1"])
def test_a_text_that_is_no_cursor_is_refused_in_words(who: Actor, cursor: str) -> None:
    refusal = {"cursor": ["This position in the alerts is not known."]}
    read, seen = get(who, "alert-list", cursor=cursor), post(who, "alert-seen", cursor=cursor)
    assert (read.status_code, read.json()) == (seen.status_code, seen.json()) == (400, refusal)


def test_visitors_get_nothing() -> None:
    assert Client().get(reverse("api:alert-list")).status_code == 403
