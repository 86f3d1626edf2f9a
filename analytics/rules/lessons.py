"""Whether a recording belongs to a lesson. A doubtful time refuses the run (rule 1)."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

RECORDING_TOLERANCE = timedelta(minutes=15)  # clocks of cameras run fast and slow (own policy)


def lesson_span(day: date, starts_at: time, ends_at: time) -> tuple[datetime, datetime]:
    """The lesson's first and last moment, aware."""
    zone = timezone.get_default_timezone()
    return datetime.combine(day, starts_at, zone), datetime.combine(day, ends_at, zone)


def fits_lesson(recorded_at: datetime, duration_s: float, span: tuple[datetime, datetime]) -> bool:
    """Whether a recording from `recorded_at` on shows the lesson: within it, give or take the tolerance, and at least
    half of it during the lesson itself, so that it is not a break or another class."""
    ends_at = recorded_at + timedelta(seconds=duration_s)
    within = span[0] - RECORDING_TOLERANCE <= recorded_at and ends_at <= span[1] + RECORDING_TOLERANCE
    return within and shared_s(recorded_at, duration_s, span) >= duration_s / 2


def shared_s(recorded_at: datetime, duration_s: float, span: tuple[datetime, datetime]) -> float:
    """How many seconds of the recording lie within the span."""
    ends_at = recorded_at + timedelta(seconds=duration_s)
    return max(0.0, (min(ends_at, span[1]) - max(recorded_at, span[0])).total_seconds())


def takes_place(day: date, weekday: int) -> bool:
    """Whether a weekly lesson of that weekday (1 Monday … 7 Sunday) falls on the day."""
    return day.isoweekday() == weekday
