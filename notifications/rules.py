"""The position of a reader in the stream of alerts; when and by which channel somebody may be reached elsewhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from notifications.enums import Channel, Trouble, Urgency

_WRITTEN = re.compile(r"\d{1,19}", re.ASCII)
_LARGEST = 2**63 - 1

UNDO_WITHIN = timedelta(seconds=15)  # as acts of the case system


class BadCursorError(ValueError):
    """The text is not a cursor this installation has given out."""


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A position in commit order: everything up to and including it is behind the reader.

    Written as a number; readers treat the text as opaque.
    """

    position: int = 0

    def __str__(self) -> str:
        return str(self.position)

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor that `str` gave. Raises BadCursorError."""
        if _WRITTEN.fullmatch(text) is None or int(text) > _LARGEST:
            raise BadCursorError(text[:40])
        return cls(int(text))


def is_local_path(url: str) -> bool:
    """Whether `url` is a path of this installation, so that an alert cannot lead elsewhere."""
    return url.startswith("/") and not url.startswith(("//", "/\\"))


BACK_OFF_S = (10, 30, 120, 600, 3600)  # after the first failed try, the second, …; after the last of them no more
JITTER = 0.2
LONGEST_WAIT_S = 3600  # whatever a service asks for
FARTHEST_DAYS = 30  # no holiday is longer; beyond it quiet days end by themselves

# What no later try can mend: the next channel is asked at once.
FINAL = frozenset({Trouble.GONE, Trouble.REFUSED, Trouble.SWITCHED_OFF})
# What makes a delivery needless, by whatever channel.
NEEDLESS = frozenset({Trouble.SEEN, Trouble.NO_RIGHT})


def pause_after(attempts: int, dice: float, asked_s: float = 0) -> timedelta | None:
    """How long to wait after `attempts` failed tries, or None when that was the last one.

    `dice` in [0, 1) spreads it by 20 % either way, so that what failed together does not come again together;
    `asked_s` is what the service asked for, kept up to an hour.
    """
    if attempts > len(BACK_OFF_S):
        return None
    spread = BACK_OFF_S[max(attempts, 1) - 1] * (1 + JITTER * (2 * dice - 1))
    return timedelta(seconds=max(spread, min(asked_s, LONGEST_WAIT_S)))


def first_channels(wanted: tuple[Channel, ...], urgency: Urgency) -> tuple[Channel, ...]:
    """By which of the wanted channels an alert goes out at once: an alarm by all of them, others by the first."""
    return wanted if urgency == Urgency.ALARM else wanted[:1]


def channel_after(channel: Channel, wanted: tuple[Channel, ...]) -> Channel | None:
    """The next of the wanted channels when `channel` has failed: push, then e-mail, then SMS."""
    order = list(Channel)
    later = order[order.index(channel) + 1 :]
    return next((each for each in later if each in wanted), None)


@dataclass(frozen=True, slots=True)
class Quiet:
    """When a person does not want to be reached: between two times of the day (over midnight where `start` is the
    later one), and on days off."""

    start: time | None = None
    end: time | None = None
    working_days_only: bool = False
    urgent_always: bool = False

    def covers(self, at: time) -> bool:
        if self.start is None or self.end is None:
            return False
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def reachable_at(quiet: Quiet, urgency: Urgency, now: datetime, works: Callable[[date], bool]) -> datetime:
    """The first moment from `now` (aware, in the zone in which the person's times are meant) that is not quiet.

    Quiet never holds an alarm back, nor an urgent alert where the person chose so. `works` tells working days.
    """
    if urgency == Urgency.ALARM or (urgency == Urgency.URGENT and quiet.urgent_always):
        return now
    moment, farthest = now, now + timedelta(days=FARTHEST_DAYS)
    while moment < farthest:
        if quiet.working_days_only and not works(moment.date()):
            moment = _next(moment, time())
        elif quiet.covers(moment.time()) and quiet.end is not None:
            moment = _next(moment, quiet.end)
        else:
            break
    return moment


def _next(moment: datetime, at: time) -> datetime:
    """The next time after `moment` that the clock shows `at`."""
    today = datetime.combine(moment.date(), at, moment.tzinfo)
    return today if today > moment else datetime.combine(moment.date() + timedelta(days=1), at, moment.tzinfo)
