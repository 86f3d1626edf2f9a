"""Days of the calendar as moments."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """From when until before when the days lie, both included."""
    zone = timezone.get_default_timezone()
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
