"""A seat plan and a lesson video for the demo, rendered from a public-domain portrait."""

import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import cv2
from django.conf import settings
from django.utils import timezone

from analytics.enums import Mode, Presence, StillKind
from analytics.models import Seat, SeatConfirmation, SeatPlan, SeatState, Upload
from analytics.pipeline.clips import Clip, person_at, place_in_rows, render_clip, render_empty_room, seat_plan
from analytics.services.switching import Grounds, set_mode
from analytics.services.uploads import adopt_file
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.models import LessonSlot
from caseflow.records.files import keep_file
from caseflow.records.vault import new_key

ABSENT_SEAT = "9"
INTO_THE_LESSON = timedelta(minutes=5)
CLIP_S = 60.0


@dataclass(frozen=True, slots=True)
class Lesson:
    slot: LessonSlot
    day: date

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.slot.starts_at, timezone.get_default_timezone())


def room_clip(recorded_at: datetime | None = None) -> Clip:
    """Two rows of six desks; everybody sits there but the pupil of one seat."""
    desks = place_in_rows(columns=6, rows=2, face_height_share=0.105)
    people = tuple(person_at(desk, number) for number, desk in enumerate(desks, start=1) if str(number) != ABSENT_SEAT)
    return Clip(
        places=desks,
        people=people,
        width_px=1600,
        height_px=900,
        fps=3,
        duration_s=CLIP_S,
        recorded_at=recorded_at,
    )


def make_plan(places: Places, people: People) -> SeatPlan:
    """A seat for each of the first twelve pupils of the class, drawn on the still of the empty room."""
    clip, key = room_clip(), new_key("seat plan")
    ok, still = cv2.imencode(".png", render_empty_room(clip.places, clip.width_px, clip.height_px))
    if not ok:
        raise OSError("the still of the demo's room could not be encoded")
    plan = SeatPlan.objects.create(
        camera=places.camera,
        school_class=places.class_7b,
        version=1,
        valid_from=places.year.starts_on,
        frame_width=clip.width_px,
        frame_height=clip.height_px,
        still=keep_file(key, still.tobytes()),
        still_key=key,
        still_kind=StillKind.EMPTY_ROOM,
        created_by=people.staff["schooladmin"].user,
    )
    for seat, pupil in zip(seat_plan(clip).seats, people.pupils, strict=False):
        Seat.objects.create(
            plan=plan,
            label=seat.seat_id,
            polygon=[[round(x * clip.width_px), round(y * clip.height_px)] for x, y in seat.outline],
            pupil=pupil,
            face_height_px=seat.face_height_share * clip.height_px,
        )
    return plan


def switch_on(places: Places, people: People, today: date) -> None:
    """The feature is active for the demo's school, with its recorded grounds."""
    grounds = Grounds("Демо: приказ школы и согласия родителей", today - timedelta(days=90))
    set_mode(people.staff["lead"].user, places.school, Mode.ACTIVE, grounds, role=people.staff["lead"].role)


def confirm(plan: SeatPlan, lesson: Lesson, people: People) -> SeatConfirmation:
    """The lesson's teacher said who sat where."""
    confirmation = SeatConfirmation.objects.create(
        slot=lesson.slot, date=lesson.day, plan=plan, confirmed_by=people.staff["teacher"].user
    )
    SeatState.objects.bulk_create(
        SeatState(
            confirmation=confirmation,
            seat=seat,
            state=Presence.ABSENT if seat.label == ABSENT_SEAT else Presence.PRESENT,
        )
        for seat in plan.seats.all()
    )
    return confirmation


def make_video(plan: SeatPlan, lesson: Lesson, people: People) -> Upload:
    """A confirmed lesson whose video lies ready for the visitor to analyse."""
    confirm(plan, lesson, people)
    path = demo_video(lesson)
    return adopt_file(people.staff["psychologist"], path, path.name)


def demo_video(lesson: Lesson) -> Path:
    """The rendered video, in the data folder so that it can be uploaded by hand as well."""
    folder = Path(settings.DATA_DIR) / "demo-videos"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"7b-{lesson.day:%Y-%m-%d}.mp4"
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        made = Path(beside) / path.name
        render_clip(made, replace(room_clip(), recorded_at=lesson.starts_at + INTO_THE_LESSON))
        made.rename(path)
    return path
