"""What the clients saw: presses sent and answered, alerts shown on pages. Pure but for the clock it is given."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.people import Person

ALARM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Press:
    """A press whose answer came: when it was due, when the answer was there (s), and who is to see it."""

    alarm: str
    due_s: float
    answered_s: float
    concerned: frozenset[int]


@dataclass
class Record:
    """Both sides of a run. `shown` holds for each (person, alarm) when each alert of it came."""

    presses: list[Press] = field(default_factory=list)
    shown: dict[tuple[int, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    alerts: list[tuple[int, int]] = field(default_factory=list)
    broadcast: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def heard(self, person: Person, message: dict[str, Any], at: float) -> None:
        """Take in what a page received."""
        for item in message["items"]:
            self.alerts.append((person.user_id, item["id"]))
            alarm = ALARM.search(item["url"])
            if alarm is None:
                self.broadcast[person.user_id].append(at)
            else:
                self.shown[person.user_id, alarm[0]].append(at)

    def screen_s(self) -> Iterator[float]:
        """From each press until it was on each screen."""
        for press in self.presses:
            for person in press.concerned:
                times = self.shown.get((person, press.alarm))
                if times:
                    yield times[0] - press.due_s

    def unseen(self) -> int:
        """How many (press, person) have not been shown."""
        return sum((person, one.alarm) not in self.shown for one in self.presses for person in one.concerned)
