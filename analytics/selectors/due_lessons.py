"""Which lesson is to be analysed by itself, before a camera or in its recording: none that nobody confirmed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from analytics.enums import Mode, RunState
from analytics.models import AnalysisRun, ModelCard, SeatConfirmation
from analytics.rules.lessons import fits_lesson, lesson_span, shared_s
from analytics.selectors.plans import confirmed_pupils, gate_for, latest_confirmations
from analytics.selectors.switching import current_card, mode_of, second_card
from caseflow.directory.models import Camera, LessonSlot
from caseflow.directory.rules import in_force


@dataclass(frozen=True, slots=True)
class DueLesson:
    """A lesson whose teacher confirmed its seats before this camera, and the card of the model that may look."""

    slot: LessonSlot
    day: date
    confirmation: SeatConfirmation
    card: ModelCard
    second_card: ModelCard | None

    @property
    def ends_at(self) -> datetime:
        return lesson_span(self.day, self.slot.starts_at, self.slot.ends_at)[1]

    def new_run(self, recorded_at: datetime, **facts: object) -> AnalysisRun:
        """A run that the timetable asks for; it is not saved."""
        return AnalysisRun(
            school_id=self.slot.school_class.school_id,
            slot=self.slot,
            date=self.day,
            plan=self.confirmation.plan,
            confirmation=self.confirmation,
            card=self.card,
            second_card=self.second_card,
            recorded_at=recorded_at,
            **facts,
        )


def lesson_now(camera: Camera, now: datetime) -> DueLesson | None:
    """The lesson that is held before the camera, unless it is analysed, or was and ended as a whole."""
    here = timezone.localtime(now)
    slots = _held_on(camera, here.date())
    slot = slots.filter(starts_at__lte=here.time(), ends_at__gt=here.time()).first()
    # One that was broken off while it was live is gone on with; whatever else became of it is for humans to repeat.
    return _due(camera, slot, here.date(), unless=~Q(state=RunState.PARTIAL, live=True)) if slot else None


def lesson_recorded(camera: Camera, recorded_at: datetime, length_s: float) -> DueLesson | None:
    """The lesson that a recording of the camera shows, the longest if it shows parts of several."""
    slot, day = _shown(camera, recorded_at, length_s), timezone.localdate(recorded_at)
    return _due(camera, slot, day, unless=Q()) if slot else None


def is_held(camera: Camera, recorded_at: datetime, length_s: float) -> bool:
    """Whether a recording of the camera shows any lesson of the timetable."""
    return _shown(camera, recorded_at, length_s) is not None


def has_open_seat(run: AnalysisRun, now: datetime) -> bool:
    """Whether the run may see anybody."""
    pupils = set(confirmed_pupils(run).values())
    gate = gate_for(pupils, run.school_id)
    return any(gate.allows(pupil, frame_at=run.recorded_at, now=now) for pupil in pupils)


def _held_on(camera: Camera, day: date) -> QuerySet[LessonSlot]:
    slots = LessonSlot.objects.filter(in_force(day, day), room=camera.room_id, weekday=day.isoweekday())
    return slots.select_related("school_class")


def _shown(camera: Camera, recorded_at: datetime, length_s: float) -> LessonSlot | None:
    day = timezone.localdate(recorded_at)

    def span(slot: LessonSlot) -> tuple[datetime, datetime]:
        return lesson_span(day, slot.starts_at, slot.ends_at)

    fitting = [slot for slot in _held_on(camera, day) if fits_lesson(recorded_at, length_s, span(slot))]
    return max(fitting, key=lambda slot: shared_s(recorded_at, length_s, span(slot)), default=None)


def _due(camera: Camera, slot: LessonSlot, day: date, *, unless: Q) -> DueLesson | None:
    """`unless` there is such a run of it."""
    card = current_card()
    if card is None or mode_of(slot.school_class.school_id) == Mode.OFF:
        return None
    confirmation = latest_confirmations(slot.pk, day).get(camera.pk)
    if confirmation is None or confirmation.plan.school_class_id != slot.school_class_id:
        return None
    if AnalysisRun.objects.filter(unless, slot=slot, date=day, plan=confirmation.plan).exists():
        return None
    return DueLesson(slot, day, confirmation, card, second_card())
