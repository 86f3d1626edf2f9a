"""What the address of a page asks for. Whatever makes no sense counts as not said."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from caseflow.appointments.rules import DEFAULT_MINUTES, LONGEST_MINUTES, STEP
from caseflow.appointments.selectors.calendar import ALL, DAY, OWN, WEEK, Asked
from caseflow.appointments.services.reading import Slots

Made = TypeVar("Made")
LARGEST = 2**63 - 1
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def asked_days(query: QueryDict) -> Asked:
    """Which days of whose appointments: this week's own ones unless said otherwise."""
    day = _one(date.fromisoformat, query.get("day", ""))
    view, whose = query.get("view", WEEK), query.get("whose", OWN)
    return Asked(
        day if day and EARLIEST <= day <= LATEST else timezone.localdate(),
        view if view in (DAY, WEEK) else WEEK,
        whose if whose in (OWN, ALL) else OWN,
    )


def asked_slots(query: QueryDict) -> Slots:
    """For what a free time is sought."""
    day, at = _one(date.fromisoformat, query.get("day", "")), _one(time.fromisoformat, query.get("time", ""))
    chosen = datetime.combine(day, at.replace(tzinfo=None), timezone.get_default_timezone()) if day and at else None
    minutes = _one(int, query.get("minutes", "")) or 0
    (room, *_rest) = [*numbers_in([query.get("room", "")]), None]
    (but, *_others) = [*ids_in([query.get("but", "")]), None]
    sound = chosen is not None and EARLIEST <= chosen.date() <= LATEST
    return Slots(
        after=chosen if sound else None,
        minutes=minutes if STEP <= minutes <= LONGEST_MINUTES else DEFAULT_MINUTES,
        room=room,
        pupils=tuple(ids_in(query.getlist("pupils"))),
        but=but,
    )


def ids_in(values: Iterable[str]) -> list[UUID]:
    """Those of the values that are ids, each once."""
    return list(dict.fromkeys(found for value in values if (found := _one(UUID, value))))


def numbers_in(values: Iterable[str]) -> list[int]:
    """Those of the values that are numbers of rows, each once."""
    return list(dict.fromkeys(found for value in values if (found := _one(int, value)) and 0 < found <= LARGEST))


def _one(make: Callable[[str], Made], text: Any) -> Made | None:
    try:
        return make(str(text))
    except ValueError:
        return None
