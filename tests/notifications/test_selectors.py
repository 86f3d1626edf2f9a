from collections.abc import Iterable

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from caseflow.accounts.models import User
from notifications import selectors, services
from notifications.models import Alert
from notifications.rules import Cursor
from tests.directory.factories import UserFactory
from tests.notifications.factories import end, right_of, send, settled

pytestmark = pytest.mark.usefixtures("transactional_db")
START = Cursor()


@pytest.fixture
def reader(transactional_db: None) -> User:
    return UserFactory.create()


def numbers(rows: Iterable[Alert]) -> list[int]:
    return [row.params["number"] for row in rows]


def test_a_reader_gets_what_came_after_the_cursor_oldest_first(reader: User) -> None:
    for number in (1, 2, 3):
        settled(reader, number)
    settled(UserFactory.create(), 9)
    first = selectors.after(reader.pk, START)
    assert (numbers(first.items), first.more) == ([1, 2, 3], False)
    settled(reader, 4)
    second = selectors.after(reader.pk, first.cursor)
    assert numbers(second.items) == [4]
    assert selectors.after(reader.pk, second.cursor) == selectors.Batch((), second.cursor, more=False)


def test_batches_are_bounded_and_go_on_where_the_last_one_ended(reader: User) -> None:
    for number in range(5):
        settled(reader, number)
    found, cursor, more, sizes = [], START, True, []
    while more:
        batch = selectors.after(reader.pk, cursor, limit=2)
        found += numbers(batch.items)
        sizes.append(len(batch.items))
        cursor, more = batch.cursor, batch.more
    assert (found, sizes) == ([0, 1, 2, 3, 4], [2, 2, 1])


def test_an_ended_right_no_longer_reads(reader: User) -> None:
    kept, lost = right_of(reader), right_of(reader)
    settled(reader, 1, kept)
    settled(reader, 2, lost)
    settled(reader, 3)
    assert selectors.unread(reader.pk) == 3
    end(lost)
    batch = selectors.after(reader.pk, START)
    assert numbers(batch.items) == [1, 3]
    assert numbers(selectors.recent(reader.pk)[0]) == [3, 1]
    assert selectors.unread(reader.pk) == 2


def test_the_cursor_moves_past_what_may_not_be_read(reader: User) -> None:
    lost = right_of(reader)
    hidden = [settled(reader, number, lost) for number in range(3)]
    end(lost)
    batch = selectors.after(reader.pk, START, limit=2)
    assert (batch.items, batch.more) == ((), True)
    batch = selectors.after(reader.pk, batch.cursor, limit=2)
    assert (batch.items, batch.more, batch.cursor) == ((), False, selectors.cursor_of(hidden[-1]))


def test_another_persons_membership_gives_no_right(reader: User) -> None:
    settled(reader, 1, right_of(UserFactory.create()))
    assert selectors.after(reader.pk, START).items == ()


def test_seen_goes_up_to_the_cursor_and_not_beyond(reader: User) -> None:
    rows = [settled(reader, number) for number in (1, 2, 3)]
    other = settled(UserFactory.create(), 1)
    assert services.mark_seen(reader.pk, selectors.cursor_of(rows[1])) == 2
    assert services.mark_seen(reader.pk, selectors.cursor_of(rows[1])) == 0
    assert selectors.unread(reader.pk) == 1
    other.refresh_from_db()
    assert other.seen_at is None


def test_the_latest_are_read_back_page_by_page(reader: User) -> None:
    for number in range(5):
        settled(reader, number)
    found, before, more = [], None, True
    while more:
        rows, more = selectors.recent(reader.pk, before, limit=2)
        found.append(numbers(rows))
        before = selectors.cursor_of(rows[-1])
    assert found == [[4, 3], [2, 1], [0]]


def test_a_cursor_from_a_database_that_was_set_back_goes_on_from_its_end(reader: User) -> None:
    settled(reader, 1)
    last = selectors.head()
    beyond = Cursor(last.position + 5)
    assert (selectors.known(beyond), selectors.known(START), selectors.known(last)) == (last, START, last)
    settled(reader, 2)
    assert selectors.known(beyond) == selectors.head()


def test_an_alert_that_no_reader_has_yet_gives_no_cursor(reader: User) -> None:
    with transaction.atomic():
        waiting = send(reader, 1)
        with pytest.raises(ValueError, match=str(waiting)):
            selectors.cursor_of(waiting)
    assert numbers(selectors.after(reader.pk, START).items) == [1]


def test_present_lies_behind_everything_and_before_what_comes(reader: User) -> None:
    assert selectors.present(reader.pk) == START
    settled(reader, 1)
    cursor = selectors.present(reader.pk)
    settled(reader, 2)
    assert numbers(selectors.after(reader.pk, cursor).items) == [2]


def test_the_hub_learns_whose_alerts_arrived(reader: User) -> None:
    other, head = UserFactory.create(), selectors.head()
    assert selectors.arrivals(head) == selectors.Arrivals((), head, more=False)
    settled(reader), settled(other), settled(other)
    part = selectors.arrivals(head, limit=1)
    assert (_recipients(part), part.more) == ({reader.pk}, True)
    rest = selectors.arrivals(part.cursor)
    assert (_recipients(rest), rest.more) == ({other.pk}, False)
    assert rest.cursor == selectors.head()


def _recipients(found: selectors.Arrivals) -> set[int]:
    return {row.recipient_id for row in found.rows}


@pytest.mark.parametrize("count", [1, 30])
def test_reading_costs_the_same_for_one_alert_and_for_thirty(
    reader: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    right = right_of(reader)
    for number in range(count):
        settled(reader, number, right)
    with django_assert_num_queries(2):
        assert len(selectors.after(reader.pk, START).items) == count
    with django_assert_num_queries(3):
        assert len(selectors.recent(reader.pk, limit=30)[0]) == count
    with django_assert_num_queries(2):
        assert selectors.unread(reader.pk) == count
