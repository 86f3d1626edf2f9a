"""What is being sent is kept, however short its lease; what nobody sends any more is not."""

import time
from datetime import datetime, timedelta

import pytest
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from notifications.enums import Channel
from notifications.models import Delivery
from notifications.services import claiming, holding
from notifications.services.holding import Holder
from tests.notifications.wishes import waiting

pytestmark = pytest.mark.django_db(transaction=True)
SHORT_S = 0.02


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "RENEWED_EVERY_S", SHORT_S)


def claimed() -> Delivery:
    waiting(Channel.EMAIL)
    row = claiming.claim(Channel.EMAIL)
    assert row is not None
    return row


def lease_of(row: Delivery) -> datetime | None:
    return Delivery.objects.values_list("lease_until", flat=True).get(pk=row.pk)


def is_renewed(row: Delivery, within_s: float = 5.0) -> bool:
    """Whether a lease that was cut down grows again."""
    short = timezone.now() + timedelta(seconds=1)
    Delivery.objects.filter(pk=row.pk, lease_until__isnull=False).update(lease_until=short)
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if (lease_of(row) or short) > short:
            return True
        time.sleep(SHORT_S)
    return False


def test_a_lease_is_renewed_as_long_as_it_is_held_and_no_longer() -> None:
    holder, row = Holder(), claimed()
    with holder.holding(row):
        assert is_renewed(row)
        assert is_renewed(row)
    time.sleep(SHORT_S * 5)
    assert not is_renewed(row, within_s=SHORT_S * 10)


def test_several_are_held_at_once_and_each_ends_by_itself() -> None:
    holder, first, second = Holder(), claimed(), claimed()
    with holder.holding(first):
        with holder.holding(second):
            assert is_renewed(first)
            assert is_renewed(second)
        time.sleep(SHORT_S * 5)
        assert is_renewed(first)
        assert not is_renewed(second, within_s=SHORT_S * 10)


def test_what_hangs_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "LONGEST_S", -1)
    row = claimed()
    with Holder().holding(row):
        assert not is_renewed(row, within_s=SHORT_S * 10)


def test_a_claim_that_was_lost_is_not_taken_back() -> None:
    row = claimed()
    with Holder().holding(row):
        Delivery.objects.filter(pk=row.pk).update(worker="another")
        assert not is_renewed(row, within_s=SHORT_S * 10)
        Delivery.objects.filter(pk=row.pk).update(worker=row.worker, lease_until=None)
        time.sleep(SHORT_S * 5)
        assert lease_of(row) is None


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_for_a_moment_ends_no_renewing(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[bool] = []
    real = close_old_connections

    def away_at_first() -> None:
        if not failed:
            failed.append(True)
            raise error
        real()

    monkeypatch.setattr(holding, "close_old_connections", away_at_first)
    row = claimed()
    with Holder().holding(row):
        assert is_renewed(row)
    assert failed
