from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import F
from django.utils import timezone

from caseflow.accounts.models import SignInThrottle
from caseflow.accounts.rules import counts_for
from caseflow.accounts.services.throttle import TooManyTriesError, give_back, take_try

COUNTS = counts_for("aigul", "10.0.0.1")


def _take(times: int) -> None:
    for _try in range(times):
        take_try(COUNTS)


@pytest.mark.django_db
def test_the_sixth_try_within_15_minutes_is_refused() -> None:
    _take(5)
    with pytest.raises(TooManyTriesError):
        take_try(COUNTS)


@pytest.mark.django_db
def test_somebody_else_at_the_same_address_may_still_try() -> None:
    _take(5)
    take_try(counts_for("danar", "10.0.0.1"))
    assert SignInThrottle.objects.get(key=COUNTS[1].key).failures == 6


@pytest.mark.django_db
def test_after_15_minutes_the_tries_are_there_again() -> None:
    _take(5)
    SignInThrottle.objects.update(since=F("since") - timedelta(minutes=15))
    _take(5)
    with pytest.raises(TooManyTriesError):
        take_try(COUNTS)


@pytest.mark.django_db
def test_a_right_password_starts_the_name_anew_and_gives_the_address_its_try_back() -> None:
    _take(4)
    give_back(COUNTS)
    assert not SignInThrottle.objects.filter(key=COUNTS[0].key).exists()
    assert SignInThrottle.objects.get(key=COUNTS[1].key).failures == 3


@pytest.mark.django_db
def test_counts_older_than_a_day_are_cleared() -> None:
    SignInThrottle.objects.create(key="old", failures=3, since=timezone.now() - timedelta(hours=25))
    give_back(COUNTS)
    assert not SignInThrottle.objects.filter(key="old").exists()


@pytest.mark.usefixtures("transactional_db")
def test_of_20_tries_made_at_once_5_pass() -> None:
    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(lambda _number: _in_thread(lambda: take_try(COUNTS)), range(20)))
    assert sum(passed) == 5


def _in_thread(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except TooManyTriesError:
        return False
    finally:
        connections.close_all()
    return True
