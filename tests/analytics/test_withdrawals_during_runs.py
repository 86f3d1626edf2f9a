"""Over random plans, consents and confirmations, with withdrawals, dissents and corrections while a run is at work.

The gate, the ledger, the confirmations and the rows are the product's own. The film, the models and the clock are not:
a frame a second, whose pixels say where and when they were.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.enums import Presence, RunState
from analytics.models import AiUse, AnalysisRun, DayValue, RunSeat, SeatPlan, Window
from analytics.pipeline.geometry import Outline
from analytics.pipeline.images import Image
from analytics.pipeline.masks import HEADS_TO_WIDEN
from analytics.pipeline.packs import Expression, Face, ModelPack
from analytics.pipeline.quality import Thresholds
from analytics.services import analysing, gating
from caseflow.consent.enums import EventKind, Purpose
from tests.analytics.conftest import Execute
from tests.analytics.factories import Lesson, confirm, consent, lesson, run_on, withdraw
from tests.analytics.pipeline.coded import coded_frame, points_of
from tests.analytics.pipeline.sources import CARD, OUTCOME, SMILE, ArraySource, frontal_face
from tests.analytics.pipeline.test_masks import HEIGHT_PX, WIDTH_PX, distance_px, outlines
from tests.consent.factories import line

pytestmark = pytest.mark.django_db
Area = npt.NDArray[np.bool_]
FRAMES, SEATS = 22, 4
READ_ANEW = int(gating.READ_ANEW_AFTER_S)  # so many frames a second may pass before a closed ledger is noticed
LENIENT = Thresholds(min_face_height_px=1, min_face_ratio=0, max_face_ratio=1000, max_nose_offset=9, min_sharpness=0)
EVENTS = ("withdrawn", "dissent", "corrected")


@dataclass(frozen=True)
class Sitting:
    """One seat: where it is, whether its gate is open when the run begins, and what happens at which frame."""

    outline: Outline
    face_share: float
    consents: bool
    present: bool
    event: str
    at: int

    @property
    def opens(self) -> bool:
        return self.consents and self.present

    @property
    def stays(self) -> bool:
        return self.opens and self.event not in EVENTS


SITTINGS = st.lists(
    st.builds(
        Sitting,
        outline=outlines(),
        face_share=st.floats(0.02, 0.3),
        consents=st.sampled_from([True, True, True, False]),
        present=st.sampled_from([True, True, True, False]),
        event=st.sampled_from([*EVENTS, "", ""]),
        at=st.integers(0, FRAMES),  # the last one after the last frame
    ),
    min_size=SEATS,
    max_size=SEATS,
)


@dataclass
class Film:
    """Frames with things that happen before they are looked at; also the models, the clock and the video's file."""

    where: Lesson
    sittings: list[Sitting]
    crops: list[tuple[int, Image]] = field(default_factory=list)
    source: ArraySource = field(init=False)
    seen_too_late: list[tuple[int, object]] = field(default_factory=list)
    in_colour: bool = True

    def __post_init__(self) -> None:
        frames = [coded_frame(WIDTH_PX, HEIGHT_PX, second) for second in range(FRAMES)]
        self.source = ArraySource(frames, replace(OUTCOME, decoded_s=float(FRAMES)))
        self.info, self.outcome = self.source.info, self.source.outcome

    def frames(self) -> Iterator[object]:
        for frame in self.source.frames():
            self._happen(int(frame.t_s))
            self._look_into_the_rows(int(frame.t_s))
            yield frame
        self._happen(FRAMES)

    def now(self) -> float:
        return float(self.source.frames_read)

    def detect(self, image: Image, min_score: float) -> list[Face]:
        self.crops.append((self.source.frames_read - 1, image.copy()))
        ys, xs = np.nonzero(image.any(axis=2))
        at = xs.size // 2
        return [frontal_face(max(0.0, xs[at] - 3.0), max(0.0, ys[at] - 3.0), 6.0)] if xs.size else []

    def distribution(self, _face: Image) -> dict[Expression, float]:
        return dict(SMILE)

    def _happen(self, second: int) -> None:
        due = [number for number, sitting in enumerate(self.sittings) if sitting.at == second]
        for number in due:
            self._close(number, self.sittings[number].event)

    def _close(self, number: int, event: str) -> None:
        pupil = self.where.pupils[number]
        if event == "withdrawn" and self.sittings[number].consents:
            withdraw(pupil)
        elif event == "dissent":
            line(pupil, EventKind.DISSENT, purpose=Purpose.MOOD_ANALYSIS)
        elif event == "corrected":
            self._correct(number)

    def _correct(self, number: int) -> None:
        """The teacher says anew who sat where, and that this one was somebody else."""
        gone = [
            other
            for other, sitting in enumerate(self.sittings)
            if not sitting.present or (sitting.event == "corrected" and sitting.at <= self.sittings[number].at)
        ]
        confirm(self.where.slot, self.where.date, self.where.plan, **absent(gone))

    def _look_into_the_rows(self, second: int) -> None:
        """Of whoever was closed longer ago than the gate takes to notice, nothing is in the database any more."""
        late = [n for n, each in enumerate(self.sittings) if each.event and each.at + READ_ANEW + 1 < second]
        kept = Window.objects.filter(pupil__in=[self.where.pupils[number].pk for number in late])
        self.seen_too_late += [(second, row) for row in kept]


def absent(numbers: list[int]) -> dict[str, Presence]:
    return {f"s1_{number + 1}": Presence.OTHER_PERSON for number in numbers}


def begun(sittings: list[Sitting]) -> tuple[Lesson, AnalysisRun]:
    """A queued run over these seats."""
    where = lesson(pupils=SEATS, consented=0)
    SeatPlan.objects.filter(pk=where.plan.pk).update(frame_width=WIDTH_PX, frame_height=HEIGHT_PX)
    for number, sitting in enumerate(sittings):
        seat = where.seats[number]
        seat.polygon = [[x * WIDTH_PX, y * HEIGHT_PX] for x, y in sitting.outline]
        seat.face_height_px = sitting.face_share * HEIGHT_PX
        seat.save()
        if sitting.consents:
            consent(where.pupils[number])
    confirm(where.slot, where.date, where.plan, **absent([n for n, each in enumerate(sittings) if not each.present]))
    return where, run_on(where, b"a film")


def analysed(sittings: list[Sitting], execute: Execute) -> tuple[Film, AnalysisRun]:
    where, run = begun(sittings)
    film = Film(where, sittings)

    @contextmanager
    def opened(_path: object) -> Iterator[Film]:
        yield film

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysing, "open_video", opened)
        patch.setattr(analysing, "load_pack", lambda _card, _second: ModelPack(CARD, film, film))
        patch.setattr(analysing, "thresholds_of", lambda _card: LENIENT)
        for module in (analysing, gating):
            patch.setattr(module, "monotonic", film.now)
        execute(run.pk)
    run.refresh_from_db()
    return film, run


def may_be_seen(sittings: list[Sitting], second: int, *, late: int) -> set[int]:
    """The seats that may be open in that frame when a change is noticed `late` frames after it."""
    return {
        number for number, each in enumerate(sittings) if each.opens and not (each.event and each.at + late <= second)
    }


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(sittings=SITTINGS)
def test_no_pixel_and_no_row_of_a_closed_seat_whatever_happens_while_the_run_is_at_work(
    sittings: list[Sitting], execute: Execute
) -> None:
    film, run = analysed(sittings, execute)
    where = film.where
    far = [distance_px(each.outline) for each in sittings]
    closed = [far[n] <= HEADS_TO_WIDEN * each.face_share * HEIGHT_PX for n, each in enumerate(sittings)]

    for second, crop in film.crops:
        xs, ys, moments = points_of(crop)
        assert (moments == second).all()
        seen = may_be_seen(sittings, second, late=READ_ANEW)
        shut = [closed[number] for number in range(SEATS) if number not in seen]
        assert any((far[number][ys, xs] <= 0.01).all() for number in seen), "pixels of no open seat"
        assert not any(area[ys, xs].any() for area in shut), "pixels of a closed seat"
    assert film.seen_too_late == []

    stayed = {where.pupils[number].pk for number, each in enumerate(sittings) if each.stays}
    assert (run.state, run.error_code) == (RunState.DONE, "")
    assert set(RunSeat.objects.filter(run=run).values_list("pupil", flat=True)) == stayed
    assert set(AiUse.objects.filter(run=run).values_list("pupil", flat=True)) == stayed
    assert set(Window.objects.filter(run=run).values_list("pupil", flat=True)) <= stayed
    assert set(DayValue.objects.filter(pupil__in=where.pupils).values_list("pupil", flat=True)) == stayed
    assert run.masked_seats == SEATS - len(stayed)
