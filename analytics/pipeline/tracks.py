"""What a run knows of each seat while it runs: the windows so far, the rejections, and whether it may be seen."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analytics.pipeline.quality import Rejection
from analytics.pipeline.windows import WINDOW_S, Observation, OpenWindow, Window, window_index


class Access(StrEnum):
    """UNSEEN: never opened in this run. OPEN: open now. PURGED: was open and closed; stays closed in this run."""

    UNSEEN = "unseen"
    OPEN = "open"
    PURGED = "purged"


@dataclass(frozen=True)
class SeatResult:
    """One seat that stayed open. `frames_used` and `rejected` add up to the frames in which it was open.

    `coverage_share` is the share of the video's windows that were kept.
    """

    seat_id: str
    windows: tuple[Window, ...]
    coverage_share: float
    frames_used: int
    rejected: Mapping[Rejection, int]


@dataclass
class SeatTrack:
    """State of one seat. A purge leaves nothing behind but the fact that there was one."""

    seat_id: str
    access: Access = Access.UNSEEN
    found_closed: bool = False
    windows: list[Window] = field(default_factory=list)
    rejected: Counter[Rejection] = field(default_factory=Counter)
    frames_used: int = 0
    current: OpenWindow | None = None

    def admit(self, t_s: float, *, gate_open: bool) -> bool:
        """Take the gate's answer for a frame. Returns True if what was kept of the seat must go."""
        if gate_open:
            self.access = Access.OPEN
            return False
        if self.access is Access.OPEN:
            self._purge()
            return True
        self._window_at(t_s).spoilt = True
        first_time, self.found_closed = not self.found_closed, True
        return first_time

    def add(self, t_s: float, outcome: Observation | Rejection) -> Window | None:
        """Count what a frame gave. Returns the window before, if this frame finished one that counts."""
        finished = self.finish(t_s)
        window = self._window_at(t_s)
        if isinstance(outcome, Rejection):
            self.rejected[outcome] += 1
        else:
            self.frames_used += 1
            window.observations.append(outcome)
        return finished

    def finish(self, t_s: float = float("inf")) -> Window | None:
        """Close the current window if `t_s` lies behind it. Returns it if it counts."""
        current = self.current
        if self.access is not Access.OPEN or current is None or t_s < (current.index + 1) * WINDOW_S:
            return None
        self.current = None
        window = current.close()
        if window:
            self.windows.append(window)
        return window

    def forget(self, windows: Collection[Window]) -> None:
        """Leave these out of the result: it is not certain that the seat lay where it was drawn."""
        self.windows = [window for window in self.windows if window not in windows]

    def result(self, possible_windows: int) -> SeatResult:
        share = len(self.windows) / possible_windows if possible_windows else 0.0
        return SeatResult(self.seat_id, tuple(self.windows), share, self.frames_used, dict(self.rejected))

    def _window_at(self, t_s: float) -> OpenWindow:
        index = window_index(t_s)
        if self.current is None or self.current.index != index:
            self.current = OpenWindow(self.seat_id, index)
        return self.current

    def _purge(self) -> None:
        self.access = Access.PURGED
        self.windows.clear()
        self.rejected.clear()
        self.frames_used = 0
        self.current = None
