"""A lesson with seats, pupils and consents, as the product's own rooms write them. Everything is invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from analytics.enums import Mode, Presence, RunState, StillKind, UploadState
from analytics.models import (
    AiUse,
    AnalysisRun,
    ModelCard,
    RunSeat,
    Seat,
    SeatConfirmation,
    SeatPlan,
    SeatState,
    Series,
    Signal,
    Upload,
    Window,
)
from analytics.pipeline.clips import Clip, person_at, place_in_rows, seat_outline
from analytics.rules.builtin_card import SLUG
from analytics.services.files import create_empty, video_path
from analytics.services.series import rebuild_day
from analytics.services.signals import evaluate
from analytics.services.switching import Grounds, set_mode
from caseflow.accounts.models import User
from caseflow.consent.enums import EventKind, Purpose
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, Membership, Pupil, School, SchoolClass
from caseflow.records.vault import new_key
from tests.consent.factories import given, line
from tests.directory.factories import (
    CameraFactory,
    GuardianshipFactory,
    LessonSlotFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolFactory,
    SchoolYearFactory,
    UserFactory,
    actor,
)

PLACES = place_in_rows(columns=3, rows=1, face_height_share=0.18)
WIDTH, HEIGHT = 960, 540
GROUNDS = Grounds("Order of the school no. 7", date(2026, 1, 15))
SINCE = timedelta(days=200)


def lesson_clip(*, duration_s: float = 12, fps: int = 4, recorded_at: datetime | None = None) -> Clip:
    """A film of three pupils at the places of `lesson`."""
    return Clip(
        places=PLACES,
        people=tuple(person_at(place, number) for number, place in enumerate(PLACES)),
        width_px=WIDTH,
        height_px=HEIGHT,
        fps=fps,
        duration_s=duration_s,
        recorded_at=recorded_at,
    )


@dataclass
class Lesson:
    """A lesson a week ago, its confirmed seats and the psychologist of the school."""

    school: School
    school_class: SchoolClass
    slot: LessonSlot
    date: date
    pupils: list[Pupil]
    plan: SeatPlan
    seats: list[Seat]
    confirmation: SeatConfirmation
    psychologist: Actor

    @property
    def recorded_at(self) -> datetime:
        return datetime.combine(self.date, self.slot.starts_at, timezone.get_default_timezone())


def lesson(*, pupils: int = 3, consented: int | None = None, mode: Mode = Mode.ACTIVE) -> Lesson:
    """A lesson whose first `consented` pupils (all) have a consent older than the lesson."""
    school = SchoolFactory.create()
    today = timezone.localdate()
    year = SchoolYearFactory.create(
        region=school.district.region, starts_on=today - timedelta(days=300), ends_on=today + timedelta(days=60)
    )
    school_class = SchoolClassFactory.create(school=school, year=year)
    day = today - timedelta(days=7)
    slot = LessonSlotFactory.create(
        school_class=school_class, weekday=day.isoweekday(), starts_at=time(9), ends_at=time(9, 45)
    )
    members = [PupilFactory.create(school_class=school_class) for _ in range(pupils)]
    for pupil in members[: pupils if consented is None else consented]:
        consent(pupil)
    plan = plan_for(slot, members)
    seats = list(plan.seats.order_by("pk"))
    if mode != Mode.OFF:
        set_mode(UserFactory.create(), school, mode, GROUNDS)
    confirmation = confirm(slot, day, plan)
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    return Lesson(school, school_class, slot, day, members, plan, seats, confirmation, psychologist)


def consent(pupil: Pupil, at: datetime | None = None) -> UUID:
    """A guardian of the pupil consents to mood analysis (200 days ago). Returns the guardian."""
    guardianship = GuardianshipFactory.create(pupil=pupil)
    given(pupil, guardianship.guardian_id, at=at or timezone.now() - SINCE)
    return guardianship.guardian_id


def withdraw(pupil: Pupil) -> None:
    """The guardian who consented withdraws, now."""
    guardian = pupil.guardianships.get().guardian_id
    line(pupil, EventKind.WITHDRAWN, guardian_id=guardian, purpose=Purpose.MOOD_ANALYSIS)


def plan_for(slot: LessonSlot, pupils: list[Pupil]) -> SeatPlan:
    """A plan with a seat for each pupil; the first three are where `lesson_clip` shows faces."""
    plan = SeatPlan.objects.create(
        camera=CameraFactory.create(room=slot.room),
        school_class=slot.school_class,
        version=1,
        valid_from=timezone.localdate() - timedelta(days=250),
        frame_width=WIDTH,
        frame_height=HEIGHT,
        still="",
        still_key=new_key("still"),
        still_kind=StillKind.EMPTY_ROOM,
        created_by=UserFactory.create(),
    )
    for number, pupil in enumerate(pupils):
        Seat.objects.create(
            plan=plan,
            label=f"1-{number + 1}",
            polygon=_polygon(number),
            pupil=pupil,
            face_height_px=PLACES[0].face_height_share * HEIGHT,
        )
    return plan


def confirm(slot: LessonSlot, day: date, plan: SeatPlan, **states: Presence) -> SeatConfirmation:
    """The teacher says that everybody is present, but for seats named by label ("s1_1" for 1-1)."""
    confirmation = SeatConfirmation.objects.create(
        slot=slot, date=day, plan=plan, confirmed_by=slot.teacher or UserFactory.create()
    )
    for seat in plan.seats.all():
        state = states.get(f"s{seat.label.replace('-', '_')}", Presence.PRESENT)
        SeatState.objects.create(confirmation=confirmation, seat=seat, state=state)
    return confirmation


def upload_of(owner: User, content: bytes = b"", *, state: UploadState = UploadState.RECEIVED) -> Upload:
    """A video that is all there."""
    right = Membership.objects.filter(user=owner, school__isnull=False).order_by("pk").first()
    upload = Upload.objects.create(
        school=right.school if right and right.school else SchoolFactory.create(),
        owner=owner,
        file_name="lesson.mp4",
        length=len(content),
        received=len(content),
        state=state,
        expires_at=timezone.now() + timedelta(hours=24),
    )
    create_empty(upload.pk)
    video_path(upload.pk).write_bytes(content)
    return upload


def checked_upload(where: Lesson, content: bytes = b"", *, duration_s: float = 12) -> Upload:
    """A video that was looked into and shows the lesson."""
    upload = upload_of(where.psychologist.user, content, state=UploadState.CHECKED)
    Upload.objects.filter(pk=upload.pk).update(
        recorded_at=where.recorded_at, duration_s=duration_s, width_px=WIDTH, height_px=HEIGHT
    )
    upload.refresh_from_db()
    return upload


def run_of(
    where: Lesson, *, day: date | None = None, state: RunState = RunState.QUEUED, **facts: object
) -> AnalysisRun:
    """A run of the lesson, on another day if asked."""
    on = day or where.date
    wanted: dict[str, object] = {
        "school": where.school,
        "slot": where.slot,
        "date": on,
        "plan": where.plan,
        "confirmation": where.confirmation,
        "card": ModelCard.objects.get(slug=SLUG),
        "recorded_at": datetime.combine(on, where.slot.starts_at, timezone.get_default_timezone()),
        "requested_by": where.psychologist.user,
        "state": state,
        "ended_at": timezone.now() if state in (RunState.DONE, RunState.PARTIAL) else None,
    }
    return AnalysisRun.objects.create(**wanted | facts)


def run_on(where: Lesson, content: bytes) -> AnalysisRun:
    """A queued run of a video with that content."""
    upload = checked_upload(where, content)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.USED)
    return run_of(where, upload=upload)


def seen(
    run: AnalysisRun, seat: Seat, *, p_neg: float = 0.1, p_pos: float = 0.4, windows: int = 20, wave: float = 0.0
) -> RunSeat:
    """What an analysis keeps of one pupil: its use, a row for the seat and its windows, the shares waving a little."""
    if seat.pupil is None:
        raise ValueError(seat)
    Window.objects.bulk_create(
        Window(
            run=run,
            pupil=seat.pupil,
            index=index,
            start_s=index * 10,
            n=9,
            p_neg=p_neg + (wave if index % 2 else -wave),
            p_pos=p_pos,
            score=0.93,
            face_height_px=97,
            nose_offset=0.08,
            sharpness=180,
        )
        for index in range(windows)
    )
    AiUse.objects.get_or_create(run=run, pupil=seat.pupil)
    return RunSeat.objects.create(
        run=run, seat=seat, pupil=seat.pupil, coverage=0.8, frames_used=180, frames_rejected={"turned_away": 20}
    )


def ago(**span: int) -> datetime:
    return datetime.now(UTC) - timedelta(**span)


def _polygon(number: int) -> list[list[float]]:
    """The seat at the clip's place, or a small one in the lower part of the picture for further pupils."""
    if number < len(PLACES):
        outline = seat_outline(PLACES[number], WIDTH / HEIGHT)
        return [[round(x * WIDTH, 2), round(y * HEIGHT, 2)] for x, y in outline]
    left = 10.0 + 30 * (number - len(PLACES))
    return [[left, 500.0], [left + 20, 500.0], [left + 20, 530.0], [left, 530.0]]


def history(where: Lesson, number: int = 0, *, usual: int = 20, shifted: int = 4, lessons: int = 2) -> Series:
    """Days of one pupil up to yesterday: `usual` ones for a baseline, then `shifted` ones with a raised share."""
    slots = [where.slot, *_more_slots(where, lessons - 1)]
    today, total = timezone.localdate(), usual + shifted
    touched: list[Series] = []
    for index in range(total):
        share = 0.10 + 0.01 * (index % 3) if index < usual else 0.45
        day = today - timedelta(days=total - index)
        for slot in slots:
            run = AnalysisRun.objects.filter(slot=slot, date=day, state=RunState.DONE).first()
            run = run or run_of(where, day=day, state=RunState.DONE, slot=slot)
            seen(run, where.seats[number], p_neg=share, windows=16)
        touched = rebuild_day(where.pupils[number].pk, day)
    return touched[0]


def signal_for(where: Lesson, number: int = 0) -> Signal:
    """A signal about one pupil, filed by the product."""
    filed = evaluate(history(where, number))
    if filed is None:
        raise ValueError("no signal")
    return filed


def two_slots(where: Lesson) -> list[LessonSlot]:
    """The lesson's slot and another one of the class on the same day."""
    return [where.slot, *_more_slots(where, 1)]


def _more_slots(where: Lesson, count: int) -> list[LessonSlot]:
    known = list(where.school_class.slots.exclude(pk=where.slot.pk)[:count])
    fresh = [
        LessonSlotFactory.create(
            school_class=where.school_class,
            weekday=where.slot.weekday,
            starts_at=time(11 + n),
            ends_at=time(11 + n, 45),
        )
        for n in range(count - len(known))
    ]
    return [*known, *fresh]
