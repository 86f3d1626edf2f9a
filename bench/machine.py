"""How much of the machine a benchmark used, and how much somebody else did meanwhile."""

import os
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Self

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds of CPU used so far: by everybody, and by this process and its descendants."""

    at: float
    everybody_s: float
    own_s: float

    @classmethod
    def now(cls) -> Self:
        user, nice, system = (int(number) for number in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:4])
        return cls(monotonic(), (user + nice + system) / TICKS, sum(_used().values()))

    def since(self) -> str:
        """What was used from then to now, in cores."""
        now = Moment.now()
        length = now.at - self.at
        own, everybody = (now.own_s - self.own_s) / length, (now.everybody_s - self.everybody_s) / length
        others = max(0.0, everybody - own)
        return f"CPU: {own:.2f} cores ours, {others:.2f} somebody else's, of {os.cpu_count()}"


def _used() -> dict[int, float]:
    """Seconds of CPU of this process and each living descendant, ended children included in their parents."""
    rows = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            rows[int(entry.name)] = (int(fields[1]), sum(int(field) for field in fields[11:15]) / TICKS)
    own = {os.getpid()}
    grown = True
    while grown:
        more = {pid for pid, (parent, _) in rows.items() if parent in own} - own
        own |= more
        grown = bool(more)
    return {pid: rows[pid][1] for pid in own if pid in rows}
