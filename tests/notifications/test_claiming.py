"""Deliveries are claimed, lost and given back; nothing is sent twice by one claim, and nothing is lost for good."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from notifications.enums import Channel, Trouble
from notifications.models import Delivery
from notifications.rules import BACK_OFF_S
from notifications.services import claiming
from notifications.tasks import sweep_deliveries
from tests.notifications.wishes import owed, states, waiting, wishing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything_offered")]
MINUTE = timedelta(minutes=1)


def claimed(channel: Channel = Channel.EMAIL, now: datetime | None = None) -> Delivery:
    row = claiming.claim(channel, now)
    assert row is not None
    return row


def test_one_of_two_gets_it() -> None:
    waiting(Channel.EMAIL)
    assert claiming.claim(Channel.EMAIL) is not None
    assert claiming.claim(Channel.EMAIL) is None


def test_other_channels_and_what_is_not_due_are_left_alone() -> None:
    row = waiting(Channel.SMS)
    assert claiming.claim(Channel.EMAIL) is None
    assert claiming.claim(Channel.SMS, row.next_try_at - MINUTE) is None


def test_the_most_urgent_comes_first_then_the_oldest() -> None:
    rows = [waiting(Channel.PUSH) for _ in range(3)]
    Delivery.objects.filter(pk=rows[2].pk).update(urgency=2)
    assert [claimed(Channel.PUSH).pk for _ in rows] == [rows[2].pk, rows[0].pk, rows[1].pk]


def test_what_is_sent_is_never_claimed_again() -> None:
    waiting(Channel.EMAIL)
    row = claimed()
    assert claiming.record_sent(row)
    far = timezone.now() + timedelta(days=2)
    assert claiming.sweep(far) == 0
    assert claiming.claim(Channel.EMAIL, far) is None
    assert Delivery.objects.get().sent_at is not None


def test_a_failure_waits_its_pause_and_keeps_our_code_alone() -> None:
    waiting(Channel.EMAIL)
    now = timezone.now()
    claiming.record_trouble(claimed(now=now), Trouble.FAILING, now=now)
    row = Delivery.objects.get()
    assert (row.state, row.trouble, row.attempts) == ("failed", "failing", 1)
    assert 8 <= (row.next_try_at - now).total_seconds() <= 12
    assert claiming.claim(Channel.EMAIL, now + timedelta(seconds=7)) is None
    assert claiming.claim(Channel.EMAIL, now + timedelta(seconds=13)) is not None


def fail_all_tries(channel: Channel, now: datetime) -> datetime:
    for _ in range(len(BACK_OFF_S) + 1):
        now += timedelta(hours=2)
        claiming.record_trouble(claimed(channel, now), Trouble.UNREACHABLE, now=now)
    return now


def test_after_the_last_try_the_next_channel_takes_over_and_both_are_on_record() -> None:
    (row,) = owed(wishing(email=True, sms=True))
    later = fail_all_tries(Channel.EMAIL, timezone.now())
    assert states(row.alert_id) == {"email": "given_up", "sms": "queued"}
    fail_all_tries(Channel.SMS, later)
    assert states(row.alert_id) == {"email": "given_up", "sms": "given_up"}


@pytest.mark.parametrize(
    ("trouble", "found"),
    [
        (Trouble.GONE, {"email": "given_up", "sms": "queued"}),
        (Trouble.REFUSED, {"email": "given_up", "sms": "queued"}),
        (Trouble.SWITCHED_OFF, {"email": "not_wanted", "sms": "queued"}),
        (Trouble.SEEN, {"email": "not_wanted"}),
        (Trouble.NO_RIGHT, {"email": "not_wanted"}),
    ],
)
def test_what_no_later_try_can_mend_ends_at_once(trouble: Trouble, found: dict[str, str]) -> None:
    (row,) = owed(wishing(email=True, sms=True))
    claiming.record_trouble(claimed(now=timezone.now()), trouble)
    assert states(row.alert_id) == found


def test_what_a_dead_worker_held_is_due_again_once_its_lease_is_over() -> None:
    waiting(Channel.EMAIL)
    now = timezone.now()
    claimed(now=now)
    assert claiming.sweep(now + claiming.LEASE / 2) == 0
    later = now + claiming.LEASE + MINUTE
    assert claiming.sweep(later) == 1
    again = claimed(now=later)
    assert (again.attempts, again.trouble) == (2, "lost")


def test_what_was_lost_is_taken_without_a_sweep_unless_that_was_its_last_try() -> None:
    row = waiting(Channel.EMAIL)
    now = timezone.now()
    claimed(now=now)
    assert claiming.claim(Channel.EMAIL, now + claiming.LEASE / 2) is None
    later = now + claiming.LEASE + MINUTE
    again = claimed(now=later)
    assert (again.pk, again.attempts) == (row.pk, 2)
    Delivery.objects.filter(pk=row.pk).update(attempts=len(BACK_OFF_S) + 1)
    assert claiming.claim(Channel.EMAIL, later + claiming.LEASE + MINUTE) is None


def test_a_clock_set_back_keeps_nothing_waiting() -> None:
    (row,) = owed(wishing(email=True))
    ahead = row.created_at
    back = ahead - timedelta(hours=1)
    assert claimed(now=back).pk == row.pk, "made by the clock that was an hour ahead"
    claiming.sweep(ahead + timedelta(hours=2))
    held = claimed(now=ahead)
    assert held.pk == row.pk
    assert claiming.claim(Channel.EMAIL, ahead - MINUTE / 2) is None, "a little off, the claim holds"
    assert claiming.sweep(back) == 1, "its lease lies an hour ahead"
    assert claimed(now=back).pk == row.pk


def test_quiet_hours_outlast_a_clock_set_back() -> None:
    (row,) = owed(wishing(email=True))
    claiming.put_off(claimed(now=row.created_at), row.created_at + MINUTE)
    assert claiming.claim(Channel.EMAIL, row.created_at - timedelta(hours=1)) is None


def test_what_was_lost_comes_before_what_came_later() -> None:
    first, later = waiting(Channel.EMAIL), waiting(Channel.EMAIL)
    now = timezone.now()
    assert claimed(now=now).pk == first.pk
    after = now + claiming.LEASE + MINUTE
    claiming.sweep(after)
    assert [claimed(now=after).pk for _ in range(2)] == [first.pk, later.pk]


def test_whoever_comes_second_to_a_delivery_takes_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = waiting(Channel.EMAIL), waiting(Channel.EMAIL)

    def others_are_faster() -> UUID:
        Delivery.objects.filter(pk=first.pk).update(lease_until=timezone.now() + MINUTE)
        return uuid4()

    monkeypatch.setattr(claiming, "uuid4", others_are_faster)
    assert claimed().pk == second.pk


def test_what_was_lost_at_its_last_try_is_given_up_and_goes_to_the_next_channel() -> None:
    (row,) = owed(wishing(email=True, sms=True))
    Delivery.objects.filter(pk=row.pk).update(attempts=len(BACK_OFF_S))
    now = timezone.now()
    claimed(now=now)

    assert claiming.sweep(now + claiming.LEASE + MINUTE) == 1
    assert states(row.alert_id) == {"email": "given_up", "sms": "queued"}


def test_the_sweepers_task_does_it() -> None:
    waiting(Channel.EMAIL)
    row = claimed()
    Delivery.objects.filter(pk=row.pk).update(lease_until=timezone.now() - MINUTE)
    assert sweep_deliveries() == 1


def test_whoever_lost_the_claim_changes_nothing_any_more() -> None:
    waiting(Channel.EMAIL)
    now = timezone.now()
    slow = claimed(now=now)
    later = now + claiming.LEASE + MINUTE
    claiming.sweep(later)
    fast = claimed(now=later)
    assert not claiming.record_sent(slow)
    assert not claiming.record_trouble(slow, Trouble.GONE)
    assert not claiming.put_off(slow, later)
    assert claiming.record_sent(fast)


def test_what_is_put_off_costs_no_try() -> None:
    waiting(Channel.EMAIL)
    now = timezone.now()
    claiming.put_off(claimed(now=now), now + MINUTE)
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.next_try_at) == ("queued", 0, now + MINUTE)
