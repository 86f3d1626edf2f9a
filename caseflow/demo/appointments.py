"""The calendar of the demo's two psychologists: the week that was, this one and the next. All invented."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from caseflow.appointments.enums import AppointmentKind
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import Plan
from caseflow.appointments.services import plan_appointment, record_held, record_not_come
from caseflow.cases.models import Case
from caseflow.clocks.rules import monday_of
from caseflow.clocks.selectors.deadlines import public_holidays
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.models import Room

PUPIL, PARENT, TEACHER = AppointmentKind.PUPIL, AppointmentKind.PARENT, AppointmentKind.TEACHER
GROUP, DIAGNOSTICS = AppointmentKind.GROUP, AppointmentKind.DIAGNOSTICS
OBSERVATION, MEETING = AppointmentKind.OBSERVATION, AppointmentKind.MEETING
WEEKS = (-1, 0, 1)
UNANSWERED, MISSED = 1, 3  # counted back from the last one that is over
# (weekday from Monday, begin, minutes, whose, kind, places of the pupils on the roll, what for)
WEEK = (
    (0, time(9), 45, "psychologist", PUPIL, (0,), "Как прошли выходные, что изменилось в классе"),
    (0, time(11), 30, "psychologist", TEACHER, (), "Классный руководитель 7 «Б»: кого посадить рядом"),
    (0, time(14), 60, "psychologist2", GROUP, (2, 3, 4, 5), "Занятие: как просить о помощи"),
    (1, time(10), 45, "psychologist", DIAGNOSTICS, (6,), "Первая встреча"),
    (1, time(15), 45, "psychologist", PARENT, (0,), "Разговор с мамой о плане поддержки"),
    (2, time(9, 30), 45, "psychologist", OBSERVATION, (), "Урок математики в 7 «Б»"),
    (2, time(13), 40, "psychologist2", PUPIL, (7,), "Вторая беседа"),
    (3, time(10), 45, "psychologist", PUPIL, (8,), "Тревога перед контрольными"),
    (3, time(14), 90, "psychologist", GROUP, (1, 9, 10), "Занятие: спорить без драки"),
    (4, time(9), 45, "psychologist", PUPIL, (0,), "Итоги недели"),
    (4, time(12), 30, "psychologist2", MEETING, (), "Совет профилактики"),
)


def make_appointments(places: Places, people: People, now: datetime) -> None:
    """Appointments on every school day of three weeks; of those that are over one waits to be answered, and to one
    nobody came."""
    room = Room.objects.create(school=places.school, name="107")
    first = monday_of(timezone.localdate(now))
    wanted = [(first + timedelta(weeks=week, days=entry[0]), entry) for week in WEEKS for entry in WEEK]
    made = [_enter(people, room, day, entry) for day, entry in wanted if day not in public_holidays(day.year)]
    _answer(people, [each for each in made if each.ends_at <= now])


def _enter(
    people: People, room: Room, day: date, entry: tuple[int, time, int, str, AppointmentKind, tuple[int, ...], str]
) -> Appointment:
    _weekday, begins, minutes, login, kind, places_on_roll, purpose = entry
    pupils = [people.pupils[place] for place in places_on_roll]
    starts_at = datetime.combine(day, begins, timezone.get_default_timezone())
    open_then = Case.objects.filter(pupil__in=pupils, closed_at=None, opened_at__lte=starts_at)
    case = open_then.first() if len(pupils) == 1 else None
    parents = tuple(people.guardians[str(pupil.pk)].pk for pupil in pupils) if kind == PARENT else ()
    members = (people.staff["classteacher"].user.pk,) if kind == TEACHER else ()
    plan = Plan(
        starts_at=starts_at,
        minutes=minutes,
        kind=kind,
        room=room.pk if login == "psychologist" and kind != OBSERVATION else None,
        case=case.pk if case else None,
        pupils=tuple(pupil.pk for pupil in pupils) if kind != PARENT else (),
        guardians=parents if case else (),
        members=members,
        purpose=purpose,
    )
    return plan_appointment(people.staff[login], plan)


def _answer(people: People, over: list[Appointment]) -> None:
    mine = [each for each in over if each.owner == people.staff["psychologist"].user]
    left, missed = mine[-UNANSWERED], mine[-MISSED]
    for each in over:
        who = next(actor for actor in people.staff.values() if actor.user == each.owner)
        if each == missed:
            record_not_come(who, each.pk, reason="Не пришли, телефон не отвечает")
        elif each != left:
            record_held(who, each.pk)
