from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from caseflow.accounts.models import SignInThrottle
from caseflow.accounts.rules import WINDOW, Count

KEPT = timedelta(days=1)


class TooManyTriesError(Exception):
    """The window's tries are used up; it opens again within `WINDOW`."""


def take_try(counts: tuple[Count, ...]) -> None:
    """Count a try before its password is looked at, so that tries made at once cannot slip past the limit.

    Raises TooManyTriesError, and counts nothing further, when one of the counts is used up.
    """
    for count in counts:
        if not _add(count):
            raise TooManyTriesError


def give_back(counts: tuple[Count, ...]) -> None:
    """The password was right: the name starts anew, the address gets its one try back. Old rows are cleared."""
    by_name, *others = counts
    SignInThrottle.objects.filter(key=by_name.key).delete()
    for count in others:
        SignInThrottle.objects.filter(key=count.key, failures__gt=0).update(failures=F("failures") - 1)
    SignInThrottle.objects.filter(since__lt=timezone.now() - KEPT).delete()


def _add(count: Count) -> bool:
    now = timezone.now()
    SignInThrottle.objects.get_or_create(key=count.key, defaults={"since": now})
    SignInThrottle.objects.filter(key=count.key, since__lte=now - WINDOW).update(failures=0, since=now)
    return bool(
        SignInThrottle.objects.filter(key=count.key, failures__lt=count.limit).update(failures=F("failures") + 1)
    )
