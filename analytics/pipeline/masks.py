"""What a model may see of a frame. Everything that is not an open seat is blank before anything looks at it (rule 1).

A closed seat is widened by half a head and wins every overlap: a child who leans out of a closed seat stays unseen.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from analytics.pipeline.geometry import Seat, SeatPlan, rasterise
from analytics.pipeline.images import Image

HEADS_TO_WIDEN = 0.5


@dataclass(frozen=True, eq=False)
class SeatMask:
    """The part of a frame that belongs to one open seat.

    `visible` is 255 where the seat may be seen, `shared` is 255 where another open seat may be seen as well; both are
    cut to the seat's bounding box whose upper left pixel is (`left_px`, `top_px`).
    """

    seat_id: str
    left_px: int
    top_px: int
    visible: Image
    shared: Image
    face_height_px: float

    @cached_property
    def visible_bgr(self) -> Image:
        """`visible` three times, (height, width, 3)."""
        return np.repeat(self.visible[:, :, np.newaxis], 3, axis=2)

    @cached_property
    def shares(self) -> bool:
        return bool(self.shared.any())


@dataclass(frozen=True, eq=False)
class FrameMasks:
    """`frame` is 255 where any open seat may be seen, 0 elsewhere.

    `seats` holds the open seats in the plan's order, without those that closed neighbours cover entirely.
    """

    frame: Image
    seats: Mapping[str, SeatMask]


def build_masks(plan: SeatPlan, open_seat_ids: Set[str], width_px: int, height_px: int) -> FrameMasks:
    """The masks for frames of that size while exactly `open_seat_ids` are open. Raises ValueError on an unknown id."""
    if not open_seat_ids <= set(plan.seat_ids):
        raise ValueError(f"seats not in the plan: {sorted(open_seat_ids - set(plan.seat_ids))}")
    closed = closed_area([s for s in plan.seats if s.seat_id not in open_seat_ids], width_px, height_px)
    own = {
        seat.seat_id: rasterise(seat.outline, width_px, height_px) & ~closed
        for seat in plan.seats
        if seat.seat_id in open_seat_ids
    }
    owners = np.zeros((height_px, width_px), dtype=np.uint16)
    for visible in own.values():
        owners += visible > 0
    frame = ((owners > 0) * 255).astype(np.uint8)
    shared = ((owners > 1) * 255).astype(np.uint8)
    faces_px = {seat.seat_id: seat.face_height_px(height_px) for seat in plan.seats}
    seats = (_seat_mask(seat_id, visible, shared, faces_px[seat_id]) for seat_id, visible in own.items())
    return FrameMasks(frame=frame, seats={seat.seat_id: seat for seat in seats if seat.visible.size})


def closed_area(closed: Iterable[Seat], width_px: int, height_px: int) -> Image:
    """255 wherever one of these seats blanks the frame while it is closed, widened by half a head."""
    area = np.zeros((height_px, width_px), dtype=np.uint8)
    for seat in closed:
        # One pixel more, because it is the pixels' centres that are measured.
        reach_px = seat.face_height_px(height_px) * HEADS_TO_WIDEN + 1
        area |= rasterise(seat.outline, width_px, height_px, reach_px)
    return area


def mask_frame(frame: Image, mask: Image) -> Image:
    """A copy of a (height, width, 3) frame, black wherever `mask` is 0."""
    return cv2.bitwise_and(frame, frame, mask=mask).astype(np.uint8, copy=False)


def crop_seat(frame: Image, seat: SeatMask) -> Image:
    """The seat's bounding box out of a frame, black outside of that very seat. This is all a detector is given."""
    height_px, width_px = seat.visible.shape
    box = frame[seat.top_px : seat.top_px + height_px, seat.left_px : seat.left_px + width_px]
    return cv2.bitwise_and(box, seat.visible_bgr).astype(np.uint8, copy=False)


def render_preview(still: Image, plan: SeatPlan, open_seat_ids: Set[str]) -> Image:
    """What the analysis will see of `still` (BGR), made by the very functions the analysis uses."""
    height_px, width_px = still.shape[:2]
    return mask_frame(still, build_masks(plan, open_seat_ids, width_px, height_px).frame)


def _seat_mask(seat_id: str, visible: Image, shared: Image, face_height_px: float) -> SeatMask:
    left, top, width, height = cv2.boundingRect(visible)
    box = slice(top, top + height), slice(left, left + width)
    return SeatMask(seat_id, left, top, visible[box].copy(), shared[box].copy(), face_height_px)
