"""When something happened, as somebody remembers it: a day, perhaps with a time; never ahead, never before birth."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.rules import CaseRefused


@dataclass(frozen=True, slots=True)
class Happened:
    """A moment; `day_only` where nobody knows the time, `at` is then the beginning of the local day."""

    at: datetime
    day_only: bool


class FieldRefused(CaseRefused):
    """A refusal that stands beside one field of the form."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class WrongTime(FieldRefused):
    """Nothing can have happened then."""


def happened(day: date | None, clock: time | None, *, now: datetime, born: date) -> Happened:
    """When it happened: `now` where no day is said, or today without a time. Raises WrongTime."""
    if day is None:
        if clock is not None:
            raise WrongTime(gettext("Say on which day this time was."), "event_on")
        return Happened(now, day_only=False)
    if day > timezone.localdate(now):
        raise WrongTime(gettext("This day has not come yet. Choose the day on which it happened."), "event_on")
    if day < born:
        raise WrongTime(gettext("This day lies before the pupil was born."), "event_on")
    return _at(day, clock, now)


def tells_both(event_at: datetime, recorded_at: datetime, *, day_only: bool) -> bool:
    """Whether a reader needs the date of the record beside that of the event: they differ by a minute or more."""
    return day_only or abs((recorded_at - event_at).total_seconds()) >= 60


def _at(day: date, clock: time | None, now: datetime) -> Happened:
    if clock is None:
        if day == timezone.localdate(now):
            return Happened(now, day_only=False)
        return Happened(timezone.make_aware(datetime.combine(day, time())), day_only=True)
    at = timezone.make_aware(datetime.combine(day, clock.replace(tzinfo=None)))
    if at > now:
        raise WrongTime(gettext("This time has not come yet. Choose the time at which it happened."), "event_time")
    return Happened(at, day_only=False)
