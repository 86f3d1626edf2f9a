"""Where a day begins."""

from datetime import date, datetime, time, tzinfo

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The first moment of a day, in the zone of the installation."""
    return datetime.combine(day, time(), zone())


def zone() -> tzinfo:
    """The zone in which the installation counts its days."""
    return timezone.get_default_timezone()
