"""Lesson videos, their runs, signals, seat plans, lessons to confirm and the card of the models.

signal        OWN waits for the psychologist; SAME_SCHOOL was filed in shadow, so for the lead alone; CLOSED decided.
run           OWN is queued; CLOSED is done.
upload        OWN is all there; SAME_SCHOOL a colleague's.
"""

from datetime import time, timedelta
from io import BytesIO

from PIL import Image

from analytics.enums import Mode, RunState, StillKind, UploadState
from analytics.models import ModelCard, SeatPlan, Signal, WaitingStill
from analytics.selectors.confirming import lessons_to_confirm
from analytics.services.deciding import decide_signal
from analytics.services.switching import set_mode
from analytics.services.uploads import begin_upload
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot
from caseflow.records.files import keep_file
from caseflow.records.vault import new_key
from tests.access.cells import CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL, Relation
from tests.access.places import Places, Thing, Things, make_lesson
from tests.analytics.factories import GROUNDS, HEIGHT, WIDTH, Lesson, plan_for, run_of, seen, signal_for, upload_of
from tests.directory.factories import LessonSlotFactory, PupilFactory


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, there = places.here, places.there
    pupils = [places.child, here.pupil(), here.pupil(), places.child_of_staff()]
    lesson = make_lesson(here, places[Role.PSYCHOLOGIST], pupils)
    far = make_lesson(there, there.colleague, [there.pupil()])
    places.things["signal"] = _signals(places, lesson, far)
    places.things["run"] = _runs(lesson, far)
    places.things["upload"] = _uploads(places)
    places.things |= _plans(places, {OWN: lesson, OTHER_SCHOOL: far})
    places.things["taught"] = _taught(places, lesson, far)
    places.things["card"] = {OWN: {"slug": ModelCard.objects.get().slug}}


def _signals(places: Places, lesson: Lesson, far: Lesson) -> Things:
    mine = places[Role.PSYCHOLOGIST]
    signals = {
        OWN: signal_for(lesson, 0),
        CLOSED: signal_for(lesson, 1),
        CONFLICT: signal_for(lesson, 3),
        OTHER_SCHOOL: signal_for(far),
    }
    set_mode(mine.user, lesson.school, Mode.SHADOW, GROUNDS)
    signals[SAME_SCHOOL] = signal_for(lesson, 2)
    set_mode(mine.user, lesson.school, Mode.ACTIVE, GROUNDS)
    decide_signal(
        places.here.colleague,
        signals[CLOSED].pk,
        decision="dismiss",
        reason_code="not_confirmed",
        reason="Разговор не подтвердил",
    )
    return {relation: _signal(found) for relation, found in signals.items()}


def _signal(signal: Signal) -> Thing:
    return {"pk": signal.pk, "item": signal.pk, "pupil": signal.pupil_id}


def _runs(lesson: Lesson, far: Lesson) -> Things:
    done = run_of(lesson, day=lesson.date - timedelta(days=77), state=RunState.DONE)
    seen(done, lesson.seats[0])
    return {
        OWN: {"pk": run_of(lesson, day=lesson.date - timedelta(days=70)).pk},
        OTHER_SCHOOL: {"pk": run_of(far, day=far.date - timedelta(days=70)).pk},
        CLOSED: {"pk": done.pk},
    }


def _uploads(places: Places) -> Things:
    mine = places[Role.PSYCHOLOGIST]
    return {
        OWN: {"pk": begin_upload(mine, length=100, file_name="lesson.mp4").pk},
        SAME_SCHOOL: {"pk": begin_upload(places.here.colleague, length=100, file_name="lesson.mp4").pk},
        OTHER_SCHOOL: {"pk": begin_upload(places.there.colleague, length=100, file_name="lesson.mp4").pk},
        CLOSED: {"pk": upload_of(mine.user, b"", state=UploadState.REFUSED).pk},
    }


def _plans(places: Places, lessons: dict[Relation, Lesson]) -> dict[str, Things]:
    """Plans, the places they are for, and stills that wait to be drawn on."""
    found: dict[str, Things] = {"plan": {}, "place": {}, "still": {}}
    for relation, lesson in lessons.items():
        plan = lesson.plan
        SeatPlan.objects.filter(pk=plan.pk).update(still=keep_file(plan.still_key, _empty_room()))
        still = _waiting(places, plan)
        place = {"camera": plan.camera_id, "school_class": plan.school_class_id}
        found["plan"][relation] = {"pk": plan.pk}
        found["still"][relation] = {"pk": still.pk}
        found["place"][relation] = {**place, "still": still.pk, "seat": lesson.seats[0]}
    return found


def _waiting(places: Places, plan: SeatPlan) -> WaitingStill:
    key = new_key("still")
    return WaitingStill.objects.create(
        camera=plan.camera,
        school_class=plan.school_class,
        file=keep_file(key, _empty_room()),
        key=key,
        kind=StillKind.EMPTY_ROOM,
        width=WIDTH,
        height=HEIGHT,
        uploaded_by=places[Role.SCHOOL_ADMIN].user,
    )


def _empty_room() -> bytes:
    out = BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "gray").save(out, format="PNG")
    return out.getvalue()


def _taught(places: Places, near: Lesson, far: Lesson) -> Things:
    """Lessons of the last days whose seats wait for a word of their teacher."""
    teacher = places[Role.TEACHER]
    return {
        OWN: _lesson_of(teacher, near),
        SAME_SCHOOL: _of_next_class(places, teacher),
        OTHER_SCHOOL: _lesson_of(places.there.reporter, far),
    }


def _of_next_class(places: Places, teacher: Actor) -> Thing:
    """A colleague's lesson with the other class."""
    here = places.here
    slot = LessonSlotFactory.create(school_class=here.next_class, weekday=1, starts_at=time(7), ends_at=time(7, 45))
    pupil = PupilFactory.create(school_class=here.next_class)
    plan = plan_for(slot, [pupil])
    return _week_of(slot, plan, teacher, taught_by=here.reporter)


def _lesson_of(teacher: Actor, lesson: Lesson) -> Thing:
    return _week_of(lesson.slot, lesson.plan, teacher, taught_by=teacher)


def _week_of(slot: LessonSlot, plan: SeatPlan, reader: Actor, *, taught_by: Actor) -> Thing:
    """The newest lesson that can be confirmed: one of the last week, which has a school day whenever it is asked."""
    for weekday in range(1, 8):
        LessonSlotFactory.create(
            school_class=slot.school_class,
            room=slot.room,
            teacher=taught_by.user,
            weekday=weekday,
            starts_at=time(0, 1),
            ends_at=time(0, 40),
        )
    lessons = lessons_to_confirm(reader, substitutes=taught_by.user != reader.user)
    lesson = next(one for one in lessons if one.plan == plan and one.slot.starts_at == time(0, 1))
    return {"pk": lesson.key, "slot": lesson.slot.pk, "day": lesson.day, "camera": plan.camera_id, "plan": plan.pk}
