"""A plain `id > cursor` lost 144 of 800 rows to concurrent writers; what follows the cursor here loses none."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from caseflow.accounts.models import User
from notifications import selectors, services
from notifications.enums import AlertKind
from notifications.models import Alert, LastPosition
from notifications.rules import Cursor
from tests.directory.factories import UserFactory
from tests.notifications.factories import send, settled

pytestmark = pytest.mark.usefixtures("transactional_db")
WRITERS, EACH = 8, 100


def write(user: User, writer: int) -> None:
    """`EACH` alerts in transactions of one to five rows that begin, write and commit at random moments."""
    dice, left = random.Random(writer), list(range(writer * EACH, (writer + 1) * EACH))
    try:
        while left:
            with transaction.atomic():
                for _ in range(min(dice.randint(1, 5), len(left))):
                    dawdle(dice)
                    send(user, left.pop(0))
                dawdle(dice)
    finally:
        connections.close_all()


def dawdle(dice: random.Random) -> None:
    if connection.vendor == "postgresql":  # on SQLite there is one writer at a time, the others would only wait
        time.sleep(dice.random() * 0.01)


def follow(user_id: int, ended: Event) -> list[int]:
    """Every number read from the cursor until the writers have ended and nothing is left."""
    found: list[int] = []
    cursor, last_look = Cursor(), False
    try:
        while True:
            batch = selectors.after(user_id, cursor)
            found += [row.params["number"] for row in batch.items]
            cursor = batch.cursor
            if last_look and not batch.more:
                return found
            last_look = ended.is_set()
    finally:
        connections.close_all()


def test_a_reader_gets_every_row_of_concurrent_writers_exactly_once() -> None:
    user, ended = UserFactory.create(), Event()
    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reading = threads.submit(follow, user.pk, ended)
        writing = [threads.submit(write, user, writer) for writer in range(WRITERS)]
        for one in writing:
            one.result(timeout=120)
        ended.set()
        found = reading.result(timeout=60)
    assert len(found) == WRITERS * EACH
    assert sorted(found) == list(range(WRITERS * EACH))


def test_a_row_waits_for_no_older_transaction_and_the_older_one_is_not_lost(on_postgresql: None) -> None:
    user, began, go_on = UserFactory.create(), Event(), Event()
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(write_slowly, user, began, go_on)
        began.wait(10)
        quick = send(user, 2)
        early = selectors.after(user.pk, Cursor())
        go_on.set()
        slow_pk = slow.result(10)
    assert slow_pk < quick.pk, "a reader who went by id would have passed the slow row"
    assert [row.params["number"] for row in early.items] == [2]
    late = selectors.after(user.pk, early.cursor)
    assert [row.params["number"] for row in late.items] == [1]


def test_a_row_that_somebody_is_deleting_holds_up_no_other(on_postgresql: None) -> None:
    user, began, go_on = UserFactory.create(), Event(), Event()
    leaving = unplaced(user, 1)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(delete_slowly, leaving, began, go_on)
        began.wait(10)
        send(user, 2)
        early = selectors.after(user.pk, Cursor())
        go_on.set()
        slow.result(10)
    assert [row.params["number"] for row in early.items] == [2]


def test_who_vanished_with_the_lock_holds_nobody_up(on_postgresql: None, caplog: pytest.LogCaptureFixture) -> None:
    user, began, go_on = UserFactory.create(), Event(), Event()
    settled(user, 1)
    with ThreadPoolExecutor(1) as threads:
        stuck = threads.submit(hold_the_lock, began, go_on)
        began.wait(10)
        asked_at = time.monotonic()
        send(user, 2)
        took_s = time.monotonic() - asked_at
        go_on.set()
        stuck.result(10)
    assert took_s < 2
    assert "the next look gives it" in caplog.text
    assert services.place() == 1


def test_what_a_dying_process_left_without_a_position_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    user = UserFactory.create()
    left = [unplaced(user, number) for number in range(5)]
    assert selectors.after(user.pk, Cursor()).items == ()
    monkeypatch.setattr(services.alerts, "PLACED_AT_ONCE", 2)
    assert services.place() == 5
    assert [row.pk for row in selectors.after(user.pk, Cursor()).items] == [row.pk for row in left]
    assert services.place() == 0


def test_what_finds_the_database_busy_is_kept_for_the_next_look(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    user = UserFactory.create()
    with monkeypatch.context() as patch:
        patch.setattr(services.alerts, "_place_some", busy)
        send(user, 1)
        assert services.place() == 0
    assert "the next look gives it" in caplog.text
    assert selectors.after(user.pk, Cursor()).items == ()
    assert services.place() == 1
    assert [row.params["number"] for row in selectors.after(user.pk, Cursor()).items] == [1]


def test_positions_are_never_given_twice_even_when_the_last_rows_are_gone() -> None:
    user = UserFactory.create()
    settled(user, 1)
    cursor = selectors.present(user.pk)
    Alert.objects.all().delete()
    settled(user, 2)
    assert [row.params["number"] for row in selectors.after(user.pk, cursor).items] == [2]


def unplaced(user: User, number: int) -> Alert:
    """A row as a process leaves it that is killed between its commit and what follows."""
    return Alert.objects.create(
        recipient=user,
        kind=AlertKind.CASE_ASSIGNED,
        params={"number": number},
        url=f"/cases/{number}/",
        created_at=timezone.now(),
    )


def busy() -> int:
    raise OperationalError("database is locked")


def hold_the_lock(began: Event, go_on: Event) -> None:
    try:
        with transaction.atomic():
            LastPosition.objects.select_for_update().get()
            began.set()
            go_on.wait(10)
    finally:
        connections.close_all()


def delete_slowly(row: Alert, began: Event, go_on: Event) -> None:
    try:
        with transaction.atomic():
            row.delete()
            began.set()
            go_on.wait(10)
    finally:
        connections.close_all()


def write_slowly(user: User, began: Event, go_on: Event) -> int:
    try:
        with transaction.atomic():
            row = send(user, 1)
            began.set()
            go_on.wait(10)
        return row.pk
    finally:
        connections.close_all()
