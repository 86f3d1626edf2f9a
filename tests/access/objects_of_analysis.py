"""Lesson videos, their runs, signals, seat plans, lessons to confirm and the card of the models.

signal        OWN waits for the psychologist; ASSIGNED too, and the pupil's case was granted to the lead; SAME_SCHOOL
              was filed in shadow, so for the lead alone; CLOSED decided.
run           OWN is queued; SAME_SCHOOL too, and was asked for by a colleague; CLOSED is done; CONFLICT is done and saw
              the own child alone.
upload        OWN is all there; SAME_SCHOOL a colleague's.
place         of a class before a camera; SAME_SCHOOL of the other class; CLOSED of a class of a past year; CONFLICT of
              the own child's class. plan: the version drawn there. still: one that waits there.
taught        a lesson whose seats its teacher confirms; SAME_SCHOOL a colleague's with the other class; CLOSED is more
              than a week ago; CONFLICT with the own child.
camera        one that is watched over RTSP.
card          OWN of the model that runs; CLOSED of an earlier version.
"""

from dataclasses import dataclass, replace
from datetime import time, timedelta
from io import BytesIO

from PIL import Image

from analytics.enums import Mode, RunState, StillKind, UploadState
from analytics.models import ModelCard, SeatPlan, Signal, WaitingStill
from analytics.selectors.confirming import REMEMBERED, TaughtLesson, lessons_to_confirm
from analytics.services.deciding import decide_signal
from analytics.services.switching import set_mode
from analytics.services.uploads import begin_upload
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.records.files import keep_file
from caseflow.records.vault import new_key
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things, make_lesson
from tests.analytics.cameras.factories import linked
from tests.analytics.factories import GROUNDS, HEIGHT, WIDTH, Lesson, plan_for, run_of, seen, signal_for, upload_of
from tests.directory.factories import LessonSlotFactory


@dataclass(frozen=True, slots=True)
class Lessons:
    """One lesson of each class: the first, the other, the own child's, and one of another school."""

    near: Lesson
    next: Lesson
    childs: Lesson
    far: Lesson


def fill(places: Places) -> None:
    """Make the objects of this module."""
    lessons = _lessons(places)
    places.things["signal"] = _signals(places, lessons)
    places.things["run"] = _runs(lessons)
    places.things["upload"] = _uploads(places)
    places.things |= _plans(places, lessons)
    places.things["taught"] = _taught(places, lessons)
    places.things["camera"] = {
        OWN: {"pk": linked(lessons.near.plan.camera).pk},
        OTHER_SCHOOL: {"pk": linked(lessons.far.plan.camera).pk},
    }
    places.things["card"] = _cards()


def _lessons(places: Places) -> Lessons:
    here, there, mine = places.here, places.there, places[Role.PSYCHOLOGIST]
    pupils = [places.child, here.pupil(), here.pupil(), places.child_of_staff(), places.granted_child]
    alone = places.child_of_staff(school_class=places.childs_class)
    return Lessons(
        near=make_lesson(here.own_class, mine, pupils),
        next=make_lesson(here.next_class, here.colleague, [here.next_pupil()]),
        childs=make_lesson(places.childs_class, here.colleague, [alone]),
        far=make_lesson(there.own_class, there.colleague, [there.pupil()]),
    )


def _signals(places: Places, lessons: Lessons) -> Things:
    mine, near = places[Role.PSYCHOLOGIST], lessons.near
    signals = {
        OWN: signal_for(near, 0),
        CLOSED: signal_for(near, 1),
        CONFLICT: signal_for(near, 3),
        ASSIGNED: signal_for(near, 4),
        OTHER_SCHOOL: signal_for(lessons.far),
    }
    set_mode(mine.user, near.school, Mode.SHADOW, GROUNDS)
    signals[SAME_SCHOOL] = signal_for(near, 2)
    set_mode(mine.user, near.school, Mode.ACTIVE, GROUNDS)
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


def _runs(lessons: Lessons) -> Things:
    done, childs = (
        run_of(lesson, day=lesson.date - timedelta(days=77), state=RunState.DONE)
        for lesson in (lessons.near, lessons.childs)
    )
    seen(done, lessons.near.seats[0])
    seen(childs, lessons.childs.seats[0])
    queued = {OWN: lessons.near, SAME_SCHOOL: lessons.next, OTHER_SCHOOL: lessons.far}
    runs = {relation: run_of(lesson, day=lesson.date - timedelta(days=70)) for relation, lesson in queued.items()}
    return {relation: {"pk": run.pk} for relation, run in {**runs, CLOSED: done, CONFLICT: childs}.items()}


def _uploads(places: Places) -> Things:
    mine = places[Role.PSYCHOLOGIST]
    return {
        OWN: {"pk": begin_upload(mine, length=100, file_name="lesson.mp4").pk},
        SAME_SCHOOL: {"pk": begin_upload(places.here.colleague, length=100, file_name="lesson.mp4").pk},
        OTHER_SCHOOL: {"pk": begin_upload(places.there.colleague, length=100, file_name="lesson.mp4").pk},
        CLOSED: {"pk": upload_of(mine.user, b"", state=UploadState.REFUSED).pk},
    }


def _plans(places: Places, lessons: Lessons) -> dict[str, Things]:
    """Plans, the places they are for, and stills that wait to be drawn on."""
    found: dict[str, Things] = {"plan": {}, "place": {}, "still": {}}
    plans = {
        OWN: lessons.near.plan,
        SAME_SCHOOL: lessons.next.plan,
        OTHER_SCHOOL: lessons.far.plan,
        CLOSED: _lapsed_plan(places),
        CONFLICT: lessons.childs.plan,
    }
    for relation, plan in plans.items():
        SeatPlan.objects.filter(pk=plan.pk).update(still=keep_file(plan.still_key, _empty_room()))
        still = _waiting(places, plan)
        place = {"camera": plan.camera_id, "school_class": plan.school_class_id}
        found["plan"][relation] = {"pk": plan.pk}
        found["still"][relation] = {"pk": still.pk}
        found["place"][relation] = {**place, "still": still.pk, "seat": plan.seats.order_by("pk")[0]}
    return found


def _lapsed_plan(places: Places) -> SeatPlan:
    """One of a past school year, with its still."""
    past = places.here.past_class
    slot = LessonSlotFactory.create(school_class=past, starts_at=time(10), ends_at=time(10, 45))
    plan = plan_for(slot, [places.here.pupil(school_class=past)])
    begun = past.year.starts_on
    SeatPlan.objects.filter(pk=plan.pk).update(valid_from=begun, valid_to=past.year.ends_on)
    return plan


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


def _taught(places: Places, lessons: Lessons) -> Things:
    """Lessons of the last days whose seats wait for a word of their teacher."""
    teacher = places[Role.TEACHER]
    own = _week_of(lessons.near, teacher, taught_by=teacher)
    with_own_child = _week_of(lessons.childs, teacher, taught_by=teacher)
    return {
        OWN: _taught_one(own),
        SAME_SCHOOL: _taught_one(_week_of(lessons.next, teacher, taught_by=places.here.reporter)),
        OTHER_SCHOOL: _taught_one(_week_of(lessons.far, places.there.reporter, taught_by=places.there.reporter)),
        CLOSED: _taught_one(replace(own, day=own.day - 2 * REMEMBERED)),
        # Children of the staff are in the first class as well, which alone is the class teacher's.
        CONFLICT: {Role.TEACHER: _taught_one(with_own_child), Role.CLASS_TEACHER: _taught_one(own)},
    }


def _week_of(lesson: Lesson, reader: Actor, *, taught_by: Actor) -> TaughtLesson:
    """The newest lesson that can be confirmed: one of the last week, which has a school day whenever it is asked."""
    for weekday in range(1, 8):
        LessonSlotFactory.create(
            school_class=lesson.school_class,
            room=lesson.slot.room,
            teacher=taught_by.user,
            weekday=weekday,
            starts_at=time(0, 1),
            ends_at=time(0, 40),
        )
    waiting = lessons_to_confirm(reader, substitutes=taught_by.user != reader.user)
    return next(one for one in waiting if one.plan == lesson.plan and one.slot.starts_at == time(0, 1))


def _taught_one(lesson: TaughtLesson) -> Thing:
    plan = lesson.plan
    return {"pk": lesson.key, "slot": lesson.slot.pk, "day": lesson.day, "camera": plan.camera_id, "plan": plan.pk}


def _cards() -> Things:
    """Made last: as long as one card alone is there, everything else is made with it."""
    card = ModelCard.objects.get(pack="tirek-builtin")
    earlier = ModelCard.objects.get(pack="tirek-builtin")
    earlier.pk, earlier.slug, earlier.version = None, f"{card.slug}-earlier", "0.1"
    earlier.save(force_insert=True)
    return {OWN: {"slug": card.slug}, CLOSED: {"slug": earlier.slug}}
