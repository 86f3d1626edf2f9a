"""Twelve weeks of generated values of a second class, plainly marked as demo, so that its climate can be looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from math import exp
from statistics import fmean, median

import cv2
import numpy as np
from django.db.models import F
from django.utils import timezone

from analytics.enums import Presence, RunState, StillKind
from analytics.models import (
    AiUse,
    AnalysisRun,
    DayValue,
    ModelCard,
    RunSeat,
    Seat,
    SeatConfirmation,
    SeatPlan,
    SeatState,
    Series,
    Window,
)
from analytics.pipeline.series import logit
from analytics.rules.builtin_card import SLUG
from analytics.rules.geometry import seat_hash
from analytics.rules.terms import is_too_old
from caseflow.demo.consents import REFUSED_IN_8V
from caseflow.demo.lessons import Lesson
from caseflow.demo.people import People
from caseflow.demo.places import Places, school_days
from caseflow.directory.enums import CameraPurpose
from caseflow.directory.models import Camera, LessonSlot, Room
from caseflow.records.files import keep_file
from caseflow.records.vault import new_key

WIDTH, HEIGHT, SEAT, FACE = 1600, 900, 150, 110.0
LESSONS = ((time(8, 0), "Алгебра"), (time(9, 55), "Физика"), (time(11, 45), "Қазақ тілі"))
WEEKS, REDRAWN = timedelta(weeks=12), timedelta(weeks=7)
WINDOWS, LESSON_WINDOWS = 14, 270
SEED = 20261101
RAISED_LESSON, RAISED_WEEKS = (4, "Физика"), timedelta(weeks=2)
"""A lesson of a weekday in which the class shows more of late."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What one pupil showed in one window: shares 0..1."""

    p_neg: float
    p_pos: float


Day = dict[Seat, list[Shares]]


def make_climate(places: Places, people: People, today: date) -> None:
    """A plan that was redrawn once, runs with windows as long as those are kept, and a value for each day."""
    rng = np.random.default_rng(SEED)
    slots = _timetable(places, people.staff["classteacher"].user.pk)
    redrawn = today - timedelta(days=today.weekday()) - REDRAWN
    first = max(places.year.starts_on + timedelta(days=2), today - WEEKS)
    plans = _plans(places, people, slots[0].room, redrawn)
    usual = {seat.label: float(rng.normal(0, 0.4)) for seat in plans[True][1]}
    card, values = ModelCard.objects.get(slug=SLUG), dict[tuple[Seat, date], list[Shares]]()
    lessons: list[tuple[AnalysisRun, Day]] = []
    for day in school_days(first, today - timedelta(days=1)):
        plan, seats = plans[day >= redrawn]
        mood = float(rng.normal(0, 0.12))
        for slot in (slot for slot in slots if slot.weekday == day.isoweekday()):
            lesson = Lesson(slot, day)
            seen = {seat: _lesson(usual[seat.label] + mood + _raised(slot, day, today), rng) for seat in seats}
            for seat, shares in seen.items():
                values.setdefault((seat, day), []).extend(shares)
            if not is_too_old(lesson.starts_at, timezone.now()):
                lessons.append((_run(plan, lesson, people, card), seen))
    _keep_runs(lessons)
    _keep_days(values, card)


def _timetable(places: Places, teacher_pk: int) -> list[LessonSlot]:
    room = Room.objects.create(school=places.school, name="118")
    return [
        LessonSlot.objects.create(
            school_class=places.class_8v,
            room=room,
            teacher_id=teacher_pk,
            subject=subject,
            weekday=weekday,
            starts_at=starts_at,
            ends_at=(datetime.combine(date.min, starts_at) + timedelta(minutes=45)).time(),
        )
        for weekday, (starts_at, subject) in product(range(1, 6), LESSONS)
    ]


def _plans(places: Places, people: People, room: Room, redrawn: date) -> tuple[tuple[SeatPlan, list[Seat]], ...]:
    """The plan before it was redrawn and the one in force, each with the seats that are open."""
    camera = Camera.objects.create(room=room, name="камера 5", purpose=CameraPurpose.CLASSROOM)
    ok, still = cv2.imencode(".png", np.full((HEIGHT, WIDTH, 3), 214, np.uint8))
    if not ok:
        raise OSError("the still of the demo's second room could not be encoded")
    made = []
    for version, (valid_from, valid_to) in enumerate(
        ((places.year.starts_on, redrawn - timedelta(days=1)), (redrawn, None)), start=1
    ):
        key = new_key("seat plan")
        plan = SeatPlan.objects.create(
            camera=camera,
            school_class=places.class_8v,
            version=version,
            valid_from=valid_from,
            valid_to=valid_to,
            frame_width=WIDTH,
            frame_height=HEIGHT,
            still=keep_file(key, still.tobytes()),
            still_key=key,
            still_kind=StillKind.EMPTY_ROOM,
            created_by=people.staff["schooladmin"].user,
        )
        pupils = [pupil for pupil in people.pupils if pupil.school_class_id == places.class_8v.pk]
        seats = [
            Seat(plan=plan, label=str(number + 1), polygon=_square(number, version), pupil=pupil, face_height_px=FACE)
            for number, pupil in enumerate(pupils)
        ]
        Seat.objects.bulk_create(seats)
        made.append((plan, [seat for seat in seats if seat.pupil and seat.pupil.last_name not in REFUSED_IN_8V]))
    return tuple(made)


def _square(number: int, version: int) -> list[list[int]]:
    left, top = 60 + 215 * (number % 7) + 10 * version, 180 + 330 * (number // 7)
    return [[left, top], [left + SEAT, top], [left + SEAT, top + SEAT], [left, top + SEAT]]


def _raised(slot: LessonSlot, day: date, today: date) -> float:
    """What the class as a whole shows more than usual, in units of logit p_neg."""
    late = day >= today - RAISED_WEEKS
    if (slot.weekday, slot.subject) == RAISED_LESSON and late:
        return 1.1
    return 0.3 if late and slot.weekday == 1 else -0.2 if slot.weekday == 5 and not late else 0.0


def _lesson(mood: float, rng: np.random.Generator) -> list[Shares]:
    """The windows of one pupil in one lesson."""
    negative = mood + float(rng.normal(0, 0.3)) + rng.normal(0, 0.4, WINDOWS)
    positive = -1.3 + 0.4 * rng.normal(0, 1, WINDOWS)
    shares = [1 / (1 + exp(2.1 - float(value))) for value in negative]
    return [
        Shares(p_neg, (1 - p_neg) / (1 + exp(-float(value)))) for p_neg, value in zip(shares, positive, strict=True)
    ]


def _run(plan: SeatPlan, lesson: Lesson, people: People, card: ModelCard) -> AnalysisRun:
    return AnalysisRun(
        school=plan.camera.room.school,
        slot=lesson.slot,
        date=lesson.day,
        plan=plan,
        confirmation=SeatConfirmation(
            slot=lesson.slot, date=lesson.day, plan=plan, confirmed_by=people.staff["classteacher"].user
        ),
        card=card,
        recorded_at=lesson.starts_at,
        requested_by=people.staff["psychologist2"].user,
        state=RunState.DONE,
        attempt=1,
        started_at=lesson.starts_at + timedelta(hours=3),
        ended_at=lesson.starts_at + timedelta(hours=3, minutes=6),
        progress=1,
        declared_s=2700,
        decoded_s=2700,
        sampled_frames=2700,
        masked_seats=len(REFUSED_IN_8V),
        demo=True,
    )


def _keep_runs(lessons: list[tuple[AnalysisRun, Day]]) -> None:
    runs = [run for run, _seen in lessons]
    SeatConfirmation.objects.bulk_create(run.confirmation for run in runs)
    SeatState.objects.bulk_create(
        SeatState(confirmation=run.confirmation, seat=seat, state=Presence.PRESENT)
        for run, seen in lessons
        for seat in seen
    )
    AnalysisRun.objects.bulk_create(runs)
    AnalysisRun.objects.filter(pk__in=[run.pk for run in runs]).update(
        requested_at=F("started_at") - timedelta(hours=1)
    )
    Window.objects.bulk_create(_windows(lessons), batch_size=500)
    seats = [(run, seat) for run, seen in lessons for seat in seen]
    RunSeat.objects.bulk_create(
        RunSeat(run=run, seat=seat, pupil=seat.pupil, coverage=WINDOWS / LESSON_WINDOWS, frames_used=9 * WINDOWS)
        for run, seat in seats
    )
    AiUse.objects.bulk_create(AiUse(run=run, pupil=seat.pupil) for run, seat in seats)


def _windows(lessons: Iterable[tuple[AnalysisRun, Day]]) -> Iterator[Window]:
    for run, seen in lessons:
        for seat, shares in seen.items():
            for index, share in enumerate(shares):
                yield Window(
                    run=run, pupil=seat.pupil, index=index, start_s=10.0 * index, n=9, p_neg=share.p_neg,
                    p_pos=share.p_pos, score=0.9, face_height_px=FACE, nose_offset=0.1, sharpness=120.0,
                )  # fmt: skip


def _keep_days(values: dict[tuple[Seat, date], list[Shares]], card: ModelCard) -> None:
    """A series for each seat and its days, minus the class median of the day."""
    days: dict[date, dict[Seat, tuple[float, float]]] = {}
    for (seat, day), shares in values.items():
        means = fmean(share.p_neg for share in shares), fmean(share.p_pos for share in shares)
        days.setdefault(day, {})[seat] = means
    series: dict[Seat, Series] = {}
    rows = []
    for day, seen in days.items():
        usual = median(logit(p_neg) - logit(p_pos) for p_neg, p_pos in seen.values())
        for seat, (p_neg, p_pos) in seen.items():
            row = DayValue(
                series=series.setdefault(seat, _series(seat, day, card)), pupil=seat.pupil, date=day, p_neg=p_neg,
                p_pos=p_pos, value=logit(p_neg) - logit(p_pos) - usual, windows=len(values[seat, day]),
                lessons=len(LESSONS),
            )  # fmt: skip
            rows.append(row)
    Series.objects.bulk_create(series.values())
    DayValue.objects.bulk_create(rows, batch_size=500)


def _series(seat: Seat, day: date, card: ModelCard) -> Series:
    return Series(
        pupil=seat.pupil,
        seat_hash=seat_hash(seat.polygon, WIDTH, HEIGHT),
        camera=seat.plan.camera,
        card=card,
        class_median=True,
        baseline_from=day,
        first_frame_at=datetime.combine(day, LESSONS[0][0], timezone.get_default_timezone()),
        demo=True,
    )
