"""From the pixels of a seat plan's still to the fractions the pipeline works with."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from analytics.pipeline.geometry import Outline, Seat, SeatPlan

Polygon = Sequence[Sequence[float]]


def outline_of(polygon: Polygon, width_px: int, height_px: int) -> Outline:
    """The polygon as fractions 0..1 of the frame; points beyond its edge are drawn back to it."""
    return tuple((_held(x / width_px), _held(y / height_px)) for x, y in polygon)


def pipeline_plan(seats: Iterable[tuple[int, Polygon, float]], width_px: int, height_px: int) -> SeatPlan:
    """The pipeline's plan of (seat id, polygon, face height in px) on a still of that size. Raises InvalidSeatError."""
    return SeatPlan(
        tuple(
            Seat(str(pk), outline_of(polygon, width_px, height_px), face_px / height_px)
            for pk, polygon, face_px in seats
        ),
        width_px / height_px,
    )


def seat_hash(polygon: Polygon, width_px: int, height_px: int) -> str:
    """Names a seat's geometry: equal for the same outline on stills of another size, to a thousandth of the frame."""
    rounded = [(round(x, 3), round(y, 3)) for x, y in outline_of(polygon, width_px, height_px)]
    return sha256(repr(rounded).encode()).hexdigest()


def _held(share: float) -> float:
    return min(max(share, 0.0), 1.0)
