"""How much a place takes in a quarter hour. A limit is of an address or a channel: nothing is known of devices.

What is counted with the change it permits belongs into its transaction, so that both stand or fall together.
"""

from datetime import datetime, timedelta

from django.db.models import F, Sum
from django.utils import timezone

from caseflow.incidents.models import Quota
from caseflow.incidents.rules.quarter import QUARTER, quarter_of

HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)
PROVEN = 40  # reports of an address from devices that did the work
PLAIN = 4  # from devices that could not, such as phones without JavaScript
DANGERS = 10  # from then on reports of danger are marked, and still taken
CODES, CODES_PLAIN = 400, 40  # return codes that lead nowhere, in the whole installation
MESSAGES = 20  # of one reporter


class TooManyError(Exception):
    """The place takes no more in this quarter hour: `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def take(place: str, most: int) -> bool:
    """Count one more at the place; False, and not counted, where that would be more than `most` in this quarter hour.

    One conditional UPDATE decides, so that of many at once never more than `most` are let through.
    """
    starts_at = quarter_of(timezone.now())
    Quota.objects.bulk_create([Quota(place=place, starts_at=starts_at)], ignore_conflicts=True)
    Quota.objects.filter(place=place, starts_at__lt=starts_at - KEPT).delete()
    return bool(Quota.objects.filter(place=place, starts_at=starts_at, taken__lt=most).update(taken=F("taken") + 1))


def take_or_refuse(place: str, most: int) -> None:
    """`take`, but raises TooManyError."""
    if not take(place, most):
        raise TooManyError(quarter_of(timezone.now()) + QUARTER)


def give_back(place: str) -> None:
    """Take one off again, for what turned out to be no burden."""
    Quota.objects.filter(place=place, starts_at=quarter_of(timezone.now()), taken__gt=0).update(taken=F("taken") - 1)


def taken_last_hour(place: str) -> int:
    """How much came at the place, and at its part for devices that do no work, within the last hour."""
    since = quarter_of(timezone.now()) - HOUR
    places = (place, plain(place))
    counted = Quota.objects.filter(place__in=places, starts_at__gt=since).aggregate(taken=Sum("taken"))
    return counted["taken"] or 0


def plain(place: str) -> str:
    """The part of a place for devices that do no work."""
    return f"{place}:plain"
