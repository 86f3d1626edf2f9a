"""Over random plans and gates that open and close at random moments: what the models are given, and what stays."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline.engine import Hooks, RunResult, analyse
from analytics.pipeline.geometry import Seat, SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.masks import HEADS_TO_WIDEN
from analytics.pipeline.packs import Expression, Face, ModelPack
from analytics.pipeline.quality import Thresholds
from analytics.pipeline.windows import WINDOW_S, Window
from tests.analytics.pipeline.coded import coded_frame, points_of
from tests.analytics.pipeline.sources import CARD, SMILE, ArraySource, frontal_face
from tests.analytics.pipeline.test_masks import HEIGHT_PX, WIDTH_PX, distance_px, outlines

Area = npt.NDArray[np.bool_]
FRAMES = 23
LENIENT = Thresholds(
    min_face_height_px=1, min_face_ratio=0, max_face_ratio=1000, max_nose_offset=9, min_sharpness=0
)  # so that many a face reaches the expression model


@dataclass(frozen=True)
class Opening:
    """A seat's gate: open from `opens` until `closes`, and again from `reopens` on. In frames, one a second."""

    opens: int
    closes: int
    reopens: int

    def __call__(self, second: float) -> bool:
        return self.opens <= second < self.closes or second >= self.reopens

    def seen_in(self) -> range:
        """The frames in which the seat may be seen: until the gate is first found closed, never again after it."""
        open_in = [second for second in range(FRAMES) if self(second)]
        if not open_in:
            return range(0)
        end = next((second for second in range(open_in[0], FRAMES) if not self(second)), FRAMES)
        return range(open_in[0], end)

    def stays(self) -> bool:
        """Whether what was seen may be kept: the gate is open to the last."""
        return self.seen_in().stop == FRAMES and len(self.seen_in()) > 0 and self(FRAMES)


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    """Many open with the first frame, many stay open, and some open or close just after the last one."""
    opens = draw(st.one_of(st.just(0), st.just(FRAMES), st.integers(0, FRAMES)))
    closes = draw(st.one_of(st.just(99), st.just(FRAMES), st.integers(opens + 1, FRAMES + 1)))
    return Opening(opens, closes, draw(st.one_of(st.just(99), st.integers(closes, 99))))


@dataclass
class Recording:
    """Both models in one: finds a face in the middle of what it is given, and remembers every array and its frame."""

    source: ArraySource
    crops: list[tuple[int, Image]] = field(default_factory=list)
    faces: list[Image] = field(default_factory=list)
    in_colour: bool = True

    def detect(self, image: Image, min_score: float) -> list[Face]:
        self.crops.append((self.source.frames_read - 1, image.copy()))
        ys, xs = np.nonzero(image.any(axis=2))
        if not xs.size:
            return []
        at = xs.size // 2
        return [frontal_face(max(0.0, xs[at] - 3.0), max(0.0, ys[at] - 3.0), 6.0)]

    def distribution(self, face: Image) -> dict[Expression, float]:
        self.faces.append(face.copy())
        return dict(SMILE)


@dataclass
class Drawn:
    """A plan, the gate of each seat, and where each may be seen, worked out without the code under test."""

    plan: SeatPlan
    gates: dict[str, Opening]

    def __post_init__(self) -> None:
        distances = {seat.seat_id: distance_px(seat.outline) for seat in self.plan.seats}
        self.inside = {seat_id: far <= 0.01 for seat_id, far in distances.items()}
        self.widened = {
            seat.seat_id: distances[seat.seat_id] <= HEADS_TO_WIDEN * seat.face_height_px(HEIGHT_PX)
            for seat in self.plan.seats
        }

    def open_at(self, second: int) -> set[str]:
        return {seat_id for seat_id, gate in self.gates.items() if second in gate.seen_in()}

    def visible(self, second: int) -> dict[str, Area]:
        """Of each open seat its own pixels without those of any closed, widened one."""
        opened = self.open_at(second)
        closed = np.zeros((HEIGHT_PX, WIDTH_PX), dtype=bool)
        for seat_id in self.gates.keys() - opened:
            closed |= self.widened[seat_id]
        return {seat_id: self.inside[seat_id] & ~closed for seat_id in opened}


@st.composite
def drawings(draw: st.DrawFn) -> Drawn:
    drawn = draw(st.lists(st.tuples(outlines(), st.floats(0.02, 0.3), openings()), min_size=1, max_size=4))
    seats = tuple(Seat(str(number), outline, face) for number, (outline, face, _gate) in enumerate(drawn))
    gates = {str(number): gate for number, (_outline, _face, gate) in enumerate(drawn)}
    return Drawn(SeatPlan(seats, WIDTH_PX / HEIGHT_PX), gates)


@dataclass
class Ran:
    """What one run gave to the models, and what is left of it when it has ended."""

    models: Recording
    result: RunResult
    kept: list[Window]


def run(drawn: Drawn, frames: list[Image]) -> Ran:
    models, kept = Recording(ArraySource(frames)), list[Window]()

    def purge(seat_id: str) -> None:
        kept[:] = [window for window in kept if window.seat_id != seat_id]

    hooks = Hooks(on_window=kept.append, on_purge=purge)
    result = analyse(
        models.source, drawn.plan, ModelPack(CARD, models, models), lambda seat_id, t_s: drawn.gates[seat_id](t_s),
        thresholds=LENIENT, hooks=hooks,
    )  # fmt: skip
    return Ran(models, result, kept)


@settings(max_examples=25, deadline=None)
@given(drawings(), st.integers(0, 2**32 - 1))
def test_the_models_are_given_nothing_but_the_pixels_of_seats_that_are_open_in_that_frame(
    drawn: Drawn, seed: int
) -> None:
    frames = [coded_frame(WIDTH_PX, HEIGHT_PX, second) for second in range(FRAMES)]
    ran = run(drawn, frames)
    views = [drawn.visible(second) for second in range(FRAMES)]
    for second, crop in ran.models.crops:
        xs, ys, moments = points_of(crop)
        assert (moments == second).all(), "a frame outlived its moment"
        assert any(area[ys, xs].all() for area in views[second].values()), "more than one open seat's own pixels"

    # Whatever else is in the picture, the models are given the same to the last bit, and so the result is the same.
    noise = np.random.default_rng(seed)
    for second, frame in enumerate(frames):
        seen = np.any([*views[second].values(), np.zeros((HEIGHT_PX, WIDTH_PX), dtype=bool)], axis=0)
        frame[~seen] = noise.integers(0, 256, (int((~seen).sum()), 3), dtype=np.uint8)
    other = run(drawn, frames)
    assert [second for second, _crop in ran.models.crops] == [second for second, _crop in other.models.crops]
    for (_, crop), (_, again) in zip(ran.models.crops, other.models.crops, strict=True):
        assert np.array_equal(crop, again)
    assert len(ran.models.faces) == len(other.models.faces)
    assert all(np.array_equal(*both) for both in zip(ran.models.faces, other.models.faces, strict=True))
    assert (ran.result, ran.kept) == (other.result, other.kept)


@settings(max_examples=25, deadline=None)
@given(drawings())
def test_of_a_seat_that_was_found_closed_nothing_is_left_but_that_it_was_masked(drawn: Drawn) -> None:
    ran = run(drawn, [coded_frame(WIDTH_PX, HEIGHT_PX, second) for second in range(FRAMES)])
    stayed = {seat_id for seat_id, gate in drawn.gates.items() if gate.stays()}
    assert {seat.seat_id for seat in ran.result.seats} == stayed
    assert ran.result.masked_seats == len(drawn.gates) - len(stayed)
    assert {window.seat_id for window in ran.kept} <= stayed
    assert sorted(ran.kept, key=str) == sorted((w for seat in ran.result.seats for w in seat.windows), key=str)
    for window in ran.kept:
        first = int(window.start_s)
        span = range(first, min(first + int(WINDOW_S), FRAMES))
        assert all(second in drawn.gates[window.seat_id].seen_in() for second in span)
