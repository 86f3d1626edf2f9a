"""What is left out while pictures come faster than they are analysed: whole windows, evenly."""

from dataclasses import dataclass, field
from typing import Final

from analytics.pipeline.windows import WINDOW_S

MOST_WAITING: Final = 5  # frames that may wait when a window begins; with it they are fifteen, 93 MB of 1080p


@dataclass(slots=True)
class Thinning:
    """Takes each window whole or not at all; `taken` and `left` count them.

    A window is taken if the analysis has nearly caught up when it begins. At a steady pace the gaps between windows
    that are taken differ by one at most, so that no part of a lesson weighs more than another.
    """

    taken: int = 0
    left: int = 0
    _window: int = field(default=-1, repr=False)
    _takes: bool = field(default=True, repr=False)

    def takes(self, t_s: float, waiting: int) -> bool:
        """Whether the frame at `t_s` is analysed, while so many frames wait. Times never go back."""
        window = int(t_s // WINDOW_S)
        if window != self._window:
            self._window, self._takes = window, waiting <= MOST_WAITING
            self.taken += self._takes
            self.left += not self._takes
        return self._takes
