"""From what the pipeline saw to rows."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from analytics.models import RunSeat, Window
from analytics.pipeline.tracks import SeatResult
from analytics.pipeline.windows import Window as SeenWindow


def window_rows(run_id: UUID, windows: Iterable[SeenWindow], pupils: Mapping[str, UUID]) -> list[Window]:
    """The pipeline's windows as rows; those of seats that are nobody's any more are left out."""
    return [
        Window(
            run_id=run_id,
            pupil_id=pupils[window.seat_id],
            index=window.index,
            start_s=window.start_s,
            n=window.n_observations,
            p_neg=window.p_neg,
            p_pos=window.p_pos,
            score=window.mean_quality,
            face_height_px=window.mean_face_height_px,
            nose_offset=window.mean_nose_offset,
            sharpness=window.mean_sharpness,
            disagreement=window.disagreement,
        )
        for window in windows
        if window.seat_id in pupils
    ]


def seat_rows(run_id: UUID, seats: Iterable[SeatResult], pupils: Mapping[str, UUID]) -> list[RunSeat]:
    """What was seen of each open seat, as rows."""
    return [
        RunSeat(
            run_id=run_id,
            seat_id=int(seat.seat_id),
            pupil_id=pupils[seat.seat_id],
            coverage=seat.coverage_share,
            frames_used=seat.frames_used,
            frames_rejected={str(reason): frames for reason, frames in seat.rejected.items()},
        )
        for seat in seats
        if seat.seat_id in pupils
    ]
