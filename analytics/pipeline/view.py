"""Whether a camera still shows what its seats were drawn on. If it does not, outlines lie over other pupils."""

from enum import StrEnum
from typing import Final, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from analytics.pipeline.background import WIDTH_PX, Found, Ground, Marks, blur_px_of
from analytics.pipeline.geometry import SeatPlan
from analytics.pipeline.images import Image

Chosen: TypeAlias = npt.NDArray[np.bool_]

EVERY_S: Final = 5.0
MOVED_AFTER: Final = 12  # looks: somebody stands before the lens for seconds, hardly for a minute
LEAST_MARKS: Final = 6
LEAST_SPEAKING: Final = 0.3  # of the marks
LEAST_TEXTURE: Final = 0.35  # of what a picture shows at a mark, see Found.texture
LEAST_SCORE: Final = 0.7
AGREED: Final = 0.45  # of the marks that speak: where so many are found, there the view is
HARDLY_ANY: Final = 0.25  # of the marks that speak, at their own places
AGREE_WITHIN_PX: Final = 1.0
# A closed seat is widened by half a head. A shift of half as much leaves every head where it is blanked.
TOLERATED_HEADS: Final = 0.25
TOLERATED_SHARES: Final = (0.007, 0.022)  # of the width: vibration is always tolerated, a neighbour's place never
MOST_BLUR_PX: Final = 3.0  # a still blurred more strongly shows no mark that a shift of a few per cent would move


class Look(StrEnum):
    """What one picture says. UNCLEAR: it is dark, covered, or its room shows too little beside the seats."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"


class View(StrEnum):
    """What all pictures so far say. DOUBTFUL: the last clear ones differ, and are still too few."""

    UNSEEN = "unseen"
    SAME = "same"
    DOUBTFUL = "doubtful"
    MOVED = "moved"


class ViewCheck:
    """Holds a video's pictures against the still its seats were drawn on: the room empty, or blurred as a whole.

    A camera has moved when `MOVED_AFTER` looks in a row, five seconds apart each, show something else; one that shows
    the same clears it, and one that is unclear says nothing. `same_s` is the second of the last look that showed the
    same, -1 before there was one.
    """

    def __init__(self, still: Image, plan: SeatPlan) -> None:
        self._ground = Ground(plan)
        grey = self._ground.grey(still)
        self._blur_px = blur_px_of(grey)
        self._marks = Marks(self._ground, self._ground.slopes(grey))
        corners = np.array([point for seat in plan.seats for point in seat.outline], dtype=np.float64)
        self._corners = corners.reshape(-1, 2) * (WIDTH_PX, self._ground.height_px)
        faces_px = [seat.face_height_px(self._ground.height_px) for seat in plan.seats]
        least, most = (share * WIDTH_PX for share in TOLERATED_SHARES)
        self._tolerated_px = min(max(TOLERATED_HEADS * min(faces_px, default=0.0), least), most)
        self._next_s = 0.0
        self._different = 0
        self.same_s = -1.0

    @property
    def view(self) -> View:
        if self._different:
            return View.MOVED if self._different >= MOVED_AFTER else View.DOUBTFUL
        return View.UNSEEN if self.same_s < 0 else View.SAME

    def see(self, t_s: float, image: Image) -> View:
        """Take the picture of that second, if it is time for another look. Each must be a new one."""
        if t_s >= self._next_s:
            self._next_s = t_s + EVERY_S
            look = self.look(image)
            if look == Look.SAME:
                self._different, self.same_s = 0, t_s
            elif look == Look.DIFFERENT:
                self._different += 1
        return self.view

    def look(self, image: Image) -> Look:
        """What this picture says for itself."""
        if len(self._marks) < LEAST_MARKS or self._blur_px > MOST_BLUR_PX:
            return Look.UNCLEAR
        found = self._marks.find(self._ground.slopes(self._ground.grey(image), self._blur_px))
        speaks = found.texture >= LEAST_TEXTURE
        if speaks.sum() < max(LEAST_MARKS, LEAST_SPEAKING * len(self._marks)):
            return Look.UNCLEAR
        return self._judged(found, speaks)

    def _judged(self, found: Found, speaks: Chosen) -> Look:
        seen = speaks & (found.scores >= LEAST_SCORE)
        moved_px, agreeing = self._agreement(found, seen)
        if agreeing >= AGREED * speaks.sum():
            return Look.SAME if moved_px <= self._tolerated_px else Look.DIFFERENT
        in_place = seen & (np.hypot(*found.shifts.T) <= self._tolerated_px)
        return Look.DIFFERENT if in_place.sum() <= HARDLY_ANY * speaks.sum() else Look.UNCLEAR

    def _agreement(self, found: Found, seen: Chosen) -> tuple[float, int]:
        """How far the shift, turn and zoom on which most marks agree moves a seat's corner, and how many these are."""
        places = self._marks.centres[seen]
        if len(places) < 3:
            return 0.0, 0
        # Its random numbers begin alike each time, so a repeated run finds the same. Marks lie apart, so it finds one.
        transform, agreeing = cv2.estimateAffinePartial2D(
            places, places + found.shifts[seen], method=cv2.RANSAC, ransacReprojThreshold=AGREE_WITHIN_PX, maxIters=200
        )
        agreed = int(np.count_nonzero(agreeing))
        moved = self._corners @ transform[:, :2].T + transform[:, 2] - self._corners
        return float(np.hypot(*moved.T).max(initial=0.0)), agreed
