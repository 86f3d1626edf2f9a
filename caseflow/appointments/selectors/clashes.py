"""What stands in the way of an appointment, and what is only worth knowing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import Span, apart, free_starts
from caseflow.clocks.enums import Basis
from caseflow.clocks.selectors import calendar_of
from caseflow.directory.models import LessonSlot, Pupil, School
from caseflow.directory.rules import in_force, is_in_force

OFFERED, OFFERED_APART, DAYS_LOOKED = 6, 30, 14


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose time, which room and which pupils an appointment takes; `but` are the appointments that give way to it."""

    school: School
    owner: int
    room: int | None
    pupils: Collection[UUID]
    but: Collection[UUID] = ()

    def taken(self) -> Q:
        """What takes one of them."""
        taken = Q(owner=self.owner) | Q(participants__pupil__in=list(self.pupils))
        return taken | Q(room=self.room) if self.room is not None else taken


def standing(wanted: Wanted, starts_at: datetime, ends_at: datetime) -> QuerySet[Appointment]:
    """The appointments within the span that take the same psychologist, room or pupil, the earliest first."""
    there = Appointment.objects.filter(wanted.taken(), starts_at__lt=ends_at, ends_at__gt=starts_at)
    return there.exclude(state=AppointmentState.CALLED_OFF).exclude(pk__in=list(wanted.but)).distinct()


def clash(wanted: Wanted, span: Span, *, asking: int) -> str:
    """What stands there, as a sentence for the user `asking`; "" where the time is free. Two queries at most.

    Of a room that somebody else has nothing is said but that it is taken.
    """
    found = standing(wanted, *span).select_related("owner").first()
    if found is None:
        return ""
    words = {"when": spoken(found.starts_at, found.ends_at), "name": found.owner.short_name}
    if found.owner_id == wanted.owner:
        own = gettext("You have an appointment then: %(when)s, %(kind)s.")
        others = gettext("%(name)s has an appointment then: %(when)s.")
        return (own if found.owner_id == asking else others) % (words | {"kind": found.get_kind_display()})
    pupil = Pupil.objects.filter(appointments__appointment=found, pk__in=list(wanted.pupils)).first()
    if pupil is not None:
        return gettext("%(name)s has an appointment then: %(when)s.") % (words | {"name": pupil.short_name})
    return gettext("The room is taken then: %(when)s.") % words


def spoken(starts_at: datetime, ends_at: datetime) -> str:
    """«01.12, 10:00–10:45» in local time."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{begins:%d.%m}, {begins:%H:%M}–{ends:%H:%M}"


def hints(wanted: Wanted, span: Span) -> list[str]:
    """What does not refuse an appointment and is yet worth knowing: a day off, an hour outside working time, lessons of
    the pupils and in the room."""
    begins, ends = timezone.localtime(span[0]), timezone.localtime(span[1])
    calendar = calendar_of(wanted.school, Basis.SCHOOL, begins)
    opens, closes = calendar.hours_of(begins.date())
    said = []
    if not calendar.counts(begins.date()):
        said.append(gettext("There are no lessons on that day: a day off or school holidays."))
    elif begins < opens or ends > closes:
        said.append(
            gettext("This is outside working hours, %(from)s–%(to)s.")
            % {"from": f"{opens:%H:%M}", "to": f"{closes:%H:%M}"}
        )
    if calendar.counts(begins.date()):
        said += _of_lessons(wanted, begins, ends)
    return said


def _of_lessons(wanted: Wanted, begins: datetime, ends: datetime) -> list[str]:
    slots = [
        slot
        for slot in lessons_on(wanted, begins.date(), begins.date())
        if slot.weekday == begins.isoweekday() and slot.starts_at < ends.time() and slot.ends_at > begins.time()
    ]
    said = []
    for slot in slots:
        words = {"from": f"{slot.starts_at:%H:%M}", "to": f"{slot.ends_at:%H:%M}", "subject": slot.subject}
        if slot.room_id == wanted.room:
            said.append(gettext("There is a lesson in this room: %(from)s–%(to)s.") % words)
        else:
            named = words | {"class_name": str(slot.school_class)}
            said.append(gettext("Class %(class_name)s has a lesson then: %(subject)s, %(from)s–%(to)s.") % named)
    return said


def lessons_on(wanted: Wanted, first: date, last: date) -> list[LessonSlot]:
    """The weekly lessons of the pupils' classes and in the room that are in force on a day from `first` to `last`."""
    classes = Pupil.objects.filter(pk__in=list(wanted.pupils)).values("school_class")
    concerned = Q(school_class__in=classes)
    if wanted.room is not None:
        concerned |= Q(room=wanted.room)
    found = LessonSlot.objects.filter(in_force(first, last), concerned, school_class__school=wanted.school)
    return list(found.select_related("school_class__year").order_by("weekday", "starts_at"))


def free_slots(wanted: Wanted, minutes: int, after: datetime) -> list[datetime]:
    """The next times that psychologist, room and pupils have free, in working hours and outside lessons.

    At most 6, from the two weeks after that moment. Six queries.
    """
    zone = timezone.get_default_timezone()
    first = after.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range(DAYS_LOOKED)]
    calendar = calendar_of(wanted.school, Basis.SCHOOL, after)
    taken = standing(wanted, after, after + timedelta(days=DAYS_LOOKED)).values_list("starts_at", "ends_at")
    busy: list[Span] = list(taken)
    lessons = lessons_on(wanted, days[0], days[-1])
    found: list[datetime] = []
    for day in filter(calendar.counts, days):
        opens, closes = calendar.hours_of(day)
        window = (max(opens, _next_step(after.astimezone(zone))), closes)
        found += apart(free_starts(window, [*busy, *_spans(lessons, day)], minutes), OFFERED_APART, OFFERED)
    return found[:OFFERED]


def _spans(lessons: Iterable[LessonSlot], day: date) -> list[Span]:
    zone = timezone.get_default_timezone()
    return [
        (datetime.combine(day, slot.starts_at, zone), datetime.combine(day, slot.ends_at, zone))
        for slot in lessons
        if slot.weekday == day.isoweekday() and is_in_force(slot, day)
    ]


def _next_step(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment and whole.minute % 5 == 0 else whole + timedelta(minutes=5 - whole.minute % 5)
