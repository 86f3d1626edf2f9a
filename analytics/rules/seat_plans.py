"""What may be saved as a seat plan. Polygons come in pixels of the still."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from analytics.pipeline.geometry import SeatPlan, estimated_face_height_share, outline_problem
from analytics.rules.geometry import Polygon, outline_of, pipeline_plan
from analytics.rules.plan_refusals import SeatProblem

MOST_SEATS: Final = 80
MOST_POINTS: Final = 40
LONGEST_LABEL: Final = 20


@dataclass(frozen=True, slots=True)
class DrawnSeat:
    """One seat of a drawing; without `face_height_px` the height is estimated from the outline."""

    label: str
    polygon: Polygon
    pupil_id: UUID | None = None
    face_height_px: float | None = None

    def expected_face_height_px(self, width_px: int, height_px: int) -> float:
        """What was typed in, else the first guess for an outline around head and shoulders."""
        if self.face_height_px is not None:
            return self.face_height_px
        return estimated_face_height_share(outline_of(self.polygon, width_px, height_px)) * height_px


@dataclass(frozen=True, slots=True)
class Drawing:
    """Seats as somebody drew them over the plan `base` (None: there was none), on `still` or else on the base's."""

    base: UUID | None
    still: UUID | None
    seats: tuple[DrawnSeat, ...]


def problems_of(seats: Sequence[DrawnSeat], roll: Set[UUID], width_px: int, height_px: int) -> tuple[SeatProblem, ...]:
    """Everything that speaks against saving these seats for a class with that roll; at most one problem a seat."""
    labels = Counter(seat.label for seat in seats)
    pupils = Counter(seat.pupil_id for seat in seats if seat.pupil_id)
    found: list[SeatProblem] = []
    for index, seat in enumerate(seats):
        checks = (*_outline_problems(seat, width_px, height_px), *_sitting_problems(seat, labels, pupils, roll))
        found.extend(SeatProblem(index, seat.label, code) for code in checks[:1])
    return tuple(found)


def plan_as_drawn(seats: Sequence[DrawnSeat], width_px: int, height_px: int) -> SeatPlan:
    """The pipeline's plan of the seats, whose ids are their places in the drawing. Raises InvalidSeatError."""
    return pipeline_plan(
        (
            (number, seat.polygon, seat.expected_face_height_px(width_px, height_px))
            for number, seat in enumerate(seats)
        ),
        width_px,
        height_px,
    )


def _outline_problems(seat: DrawnSeat, width_px: int, height_px: int) -> Iterator[str]:
    if len(seat.polygon) > MOST_POINTS:
        yield "too_many_points"
        return
    problem = outline_problem([(x / width_px, y / height_px) for x, y in seat.polygon])
    if problem:
        yield problem
    elif not 1 <= seat.expected_face_height_px(width_px, height_px) <= height_px:
        yield "face_height"


def _sitting_problems(seat: DrawnSeat, labels: Counter[str], pupils: Counter[UUID], roll: Set[UUID]) -> Iterator[str]:
    if not 1 <= len(seat.label) <= LONGEST_LABEL:
        yield "no_label"
    elif labels[seat.label] > 1:
        yield "label_twice"
    if seat.pupil_id and seat.pupil_id not in roll:
        yield "not_in_class"
    elif seat.pupil_id and pupils[seat.pupil_id] > 1:
        yield "pupil_twice"
