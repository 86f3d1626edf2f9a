from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from analytics.enums import UploadPurpose, UploadState
from analytics.models import AnalysisRun, RunSeat, SeatConfirmation, SeatPlan, Upload
from analytics.pipeline.errors import CameraMoved
from analytics.pipeline.quality import Rejection
from analytics.pipeline.video import SAMPLE_INTERVAL_S
from analytics.pipeline.windows import WINDOW_S
from analytics.rules.lessons import fits_lesson, lesson_span
from analytics.rules.readers import DRAWS
from analytics.rules.refusals import rejection_text, text_of
from analytics.rules.run_states import ACTIVE, WITH_RESULT
from analytics.selectors.plans import gate_for, plan_valid_on
from caseflow.directory.actors import Actor
from caseflow.directory.models import Camera, LessonSlot
from caseflow.directory.rules import in_force


def scoped_runs(actor: Actor) -> QuerySet[AnalysisRun]:
    """The analyses of the actor's schools, newest first."""
    return AnalysisRun.objects.filter(school__in=actor.schools()).select_related(
        "slot__school_class", "slot__room", "card", "requested_by", "school"
    )


def own_uploads(actor: Actor) -> QuerySet[Upload]:
    """The actor's own lesson videos that are on their way or wait for their lesson; nobody else sees them.

    Those of the school they act for alone: a person with rights at two schools never mixes their videos.
    """
    return resumable(actor).filter(purpose=UploadPurpose.LESSON)


def resumable(actor: Actor) -> QuerySet[Upload]:
    """The actor's own videos that are on their way or wait, of lessons and of incidents."""
    states = (UploadState.RECEIVING, UploadState.RECEIVED, UploadState.CHECKED)
    return Upload.objects.filter(owner=actor.user, school__in=actor.schools(), state__in=states)


@dataclass(frozen=True, slots=True)
class RecordedLesson:
    """A lesson of one day before one camera; `camera` is None where its teacher confirmed no seats.

    `several` says that the lesson is offered once for each of several cameras.
    """

    slot: LessonSlot
    camera: Camera | None
    several: bool = False

    @property
    def key(self) -> str:
        """How a form names it: the lesson, and the camera where one was confirmed."""
        return f"{self.slot.pk}:{self.camera.pk}" if self.camera else str(self.slot.pk)

    @property
    def confirmed(self) -> bool:
        return self.camera is not None


def lessons_on(actor: Actor, day: date) -> list[RecordedLesson]:
    """The lessons of that day in the actor's schools, in the order of time (2 queries)."""
    held = LessonSlot.objects.filter(in_force(day, day), weekday=day.isoweekday())
    slots = held.filter(school_class__school__in=actor.schools())
    ordered = slots.select_related("school_class", "room").order_by(
        "starts_at", "school_class__grade", "school_class__letter"
    )
    cameras: defaultdict[int, dict[int, Camera]] = defaultdict(dict)
    said_of = SeatConfirmation.objects.filter(
        slot__in=slots, date=day, plan__in=SeatPlan.objects.filter(plan_valid_on(day))
    )
    for said in said_of.select_related("plan__camera"):
        cameras[said.slot_id][said.plan.camera_id] = said.plan.camera
    return [
        RecordedLesson(slot, camera, several=len(cameras[slot.pk]) > 1)
        for slot in ordered
        for camera in (cameras[slot.pk].values() or (None,))
    ]


@dataclass(frozen=True, slots=True)
class Rejected:
    reason: str
    frames: int


@dataclass(frozen=True, slots=True)
class SeenPupil:
    """One analysed seat on the result page."""

    seat: RunSeat
    coverage_percent: int
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run came to, as its page shows it. Seats whose gate closed since count as masked.

    `still_s` is for how long the picture stood still, as far as a seat was open; `redraws` the plan that the reader may
    draw anew after the camera moved.
    """

    run: AnalysisRun
    seen: tuple[SeenPupil, ...]
    masked_seats: int
    rejected: tuple[Rejected, ...]
    error: str
    still_s: float = 0.0
    redraws: SeatPlan | None = None

    @property
    def active(self) -> bool:
        return self.run.state in ACTIVE

    @property
    def has_result(self) -> bool:
        return self.run.state in WITH_RESULT

    @property
    def percent(self) -> int:
        return round(self.run.progress * 100)

    @property
    def stood_still(self) -> bool:
        """For long enough to be told: a window of the analysis."""
        return self.still_s >= WINDOW_S

    @property
    def missing_s(self) -> float:
        """How much of the declared length could not be decoded."""
        return max(0.0, (self.run.declared_s or 0.0) - (self.run.decoded_s or 0.0))


def run_report(actor: Actor, run: AnalysisRun, now: datetime | None = None) -> RunReport:
    """The run's page (4 queries); the gate is asked anew (rule 1), and the actor's own child stays unseen."""
    rows = list(RunSeat.objects.filter(run=run).select_related("seat", "pupil"))
    gate, moment = gate_for([row.pupil_id for row in rows], run.school_id), now or timezone.now()
    own = set(actor.pupils().filter(pk__in=[row.pupil_id for row in rows]).values_list("pk", flat=True))
    seen = [
        row for row in rows if row.pupil_id in own and gate.allows(row.pupil_id, frame_at=run.recorded_at, now=moment)
    ]
    return RunReport(
        run=run,
        seen=tuple(SeenPupil(row, round(row.coverage * 100), _rejected(row.frames_rejected)) for row in seen),
        masked_seats=run.masked_seats + len(rows) - len(seen),
        rejected=_rejected(run.frames_rejected),
        error=str(text_of(run.error_code)) if run.error_code else "",
        still_s=max((row.frames_rejected.get(Rejection.FROZEN, 0) for row in rows), default=0) * SAMPLE_INTERVAL_S,
        redraws=run.plan if run.error_code == CameraMoved.code and actor.role in DRAWS else None,
    )


def _rejected(counts: dict[str, int]) -> tuple[Rejected, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Rejected(rejection_text(reason), frames) for reason, frames in ordered)


@dataclass(frozen=True, slots=True)
class LessonOffer:
    """The lessons a video may show on `day`; `suggested` is the key of the one whose time its recording falls into,
    empty where there is none or several cameras were confirmed."""

    upload: Upload
    day: date
    lessons: tuple[RecordedLesson, ...]
    suggested: str


def lesson_offer(actor: Actor, upload_id: UUID, day: date | None = None) -> LessonOffer:
    """The choice for one of the actor's own videos, on the day of its recording unless another is asked for.

    Raises Upload.DoesNotExist.
    """
    upload = own_uploads(actor).get(pk=upload_id)
    chosen = day or timezone.localdate(upload.recorded_at or timezone.now())
    lessons = tuple(lessons_on(actor, chosen))
    fitting = [lesson for lesson in lessons if _shows(upload, lesson.slot, chosen)]
    best = next(iter(sorted(fitting, key=lambda lesson: not lesson.confirmed)), None)
    return LessonOffer(upload, chosen, lessons, best.key if best and not best.several else "")


def _shows(upload: Upload, slot: LessonSlot, day: date) -> bool:
    span = lesson_span(day, slot.starts_at, slot.ends_at)
    return upload.recorded_at is not None and fits_lesson(upload.recorded_at, upload.duration_s or 0.0, span)


def report_for(actor: Actor, run_id: UUID) -> RunReport:
    """The page of one of the actor's runs. Raises AnalysisRun.DoesNotExist outside the scope."""
    return run_report(actor, scoped_runs(actor).get(pk=run_id))
