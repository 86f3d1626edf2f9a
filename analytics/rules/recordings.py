"""What a recorder leaves behind: when it was recorded, and how long it may wait."""

import re
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from analytics.rules.lessons import RECORDING_TOLERANCE
from analytics.rules.refusals import RefusedError

STEADY: Final = timedelta(seconds=10)  # a file that was written to later is not finished
KEPT_UNCONFIRMED: Final = timedelta(days=3)  # for its teacher to say who sat where (own policy)
MOST_AT_ONCE: Final = 20
UNFINISHED: Final = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart")
LONGEST: Final = timedelta(hours=4)
TIME_IN_NAME: Final = re.compile(
    r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_. T]{0,3}(\d\d)[-_.:h]?(\d\d)(?:[-_.:m]?(\d\d))?(?!\d)"
)


def is_unfinished(name: str) -> bool:
    """Whether a file is still on its way, by its name."""
    return name.startswith(".") or name.lower().endswith(UNFINISHED)


def readable(name: str) -> str:
    """The name of a file as it is kept and shown, whatever bytes it has on the disk; its end where it is long."""
    known = name.encode(errors="surrogateescape").decode(errors="replace")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in known)[-255:]


def time_in_name(name: str) -> datetime | None:
    """When a recording began by the name of its file, local time, as in "room214_2026-11-27_08-30-00.mp4".

    Of two times the later one is its end. None for a name without a time, or with times that are no begin and end.
    """
    found = sorted({moment for parts in TIME_IN_NAME.findall(name) if (moment := _moment(parts))})
    if not found or len(found) > 2 or found[-1] - found[0] > LONGEST:
        return None
    return found[0]


def recording_time(of_container: datetime | None, name: str) -> datetime:
    """When a recording began. Raises RefusedError: time_unknown, time_contradicts (file and name tell another)."""
    of_name = time_in_name(name)
    told = of_container or of_name
    if told is None:
        raise RefusedError("name_without_time")
    if of_container and of_name and abs(of_container - of_name) > RECORDING_TOLERANCE:
        raise RefusedError("name_contradicts")
    return told


def _moment(parts: tuple[str, ...]) -> datetime | None:
    numbers = [int(part or 0) for part in parts]
    try:
        return datetime(*numbers, tzinfo=timezone.get_default_timezone())  # type: ignore[arg-type, misc]
    except ValueError:
        return None
