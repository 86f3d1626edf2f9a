"""The lines of a journal: appointments that took place, and questionnaires that were filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.days import midnight
from caseflow.appointments.selectors.scope import scoped_appointments
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.instruments.enums import State
from caseflow.instruments.models import Administration
from caseflow.instruments.selectors.administrations import administrations_in_reach
from caseflow.journals.enums import Journal
from caseflow.journals.models import PlanItem, WorkRecord
from caseflow.journals.rules.access import KINDS
from caseflow.journals.rules.columns import Line
from caseflow.journals.rules.periods import Period, grade_then
from caseflow.journals.selectors.words import explained_of, work_of

APPOINTMENT, QUESTIONNAIRE = "appointment", "questionnaire"
CLASS = "school_class__year"
OF_APPOINTMENT = ("owner", "case__data_key", f"case__pupil__{CLASS}", "data_key", "work_record")
OF_QUESTIONNAIRE = ("version", "given_by", "case__data_key", f"case__pupil__{CLASS}", "result_record")
PEOPLE = (f"participants__pupil__{CLASS}", "participants__guardian", "participants__member")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: of a journal, in a period, of one psychologist or all, of one kind of appointment or all."""

    journal: Journal
    period: Period
    psychologist: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """Where a line comes from, and what of it is summed."""

    source: str
    pk: UUID
    at: datetime
    minutes: int
    people: int
    case_id: UUID | None
    held: bool = True

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums below a journal. Who did not come is a line of its own and no work."""

    lines: int
    held: int
    minutes: int
    people: int


def keys_of(actor: Actor, asked: Asked) -> list[Key]:
    """Every line that the actor may read, the earliest first. Two queries at most.

    An appointment for diagnostics on the day of a questionnaire of the same case is that questionnaire, and no line.
    """
    given = _questionnaire_keys(actor, asked) if asked.journal == Journal.DIAGNOSTICS else []
    filled_in = {(key.case_id, key.day) for key in given}
    met = [key for key in _appointment_keys(actor, asked) if (key.case_id, key.day) not in filled_in]
    return sorted([*met, *given], key=lambda key: (key.at, str(key.pk)))


def totals_of(keys: Iterable[Key]) -> Totals:
    everything = list(keys)
    held = [key for key in everything if key.held]
    return Totals(len(everything), len(held), sum(key.minutes for key in held), sum(key.people for key in held))


def lines_for(keys: Sequence[Key], *, first: int, year: int) -> list[Line]:
    """The lines with all that a form can ask of them, numbered from `first`; classes as of the school year that began
    in `year`. A constant number of queries."""
    met = {each.pk: each for each in _appointments([key.pk for key in keys if key.source == APPOINTMENT])}
    given = {each.pk: each for each in _questionnaires([key.pk for key in keys if key.source == QUESTIONNAIRE])}
    lines = []
    for number, key in enumerate(keys, start=first):
        if key.source == APPOINTMENT:
            lines.append(_line_of_appointment(met[key.pk], key, number, year))
        else:
            lines.append(_line_of_questionnaire(given[key.pk], key, number, year))
    return lines


def _appointment_keys(actor: Actor, asked: Asked) -> list[Key]:
    kinds = [kind.value for kind in KINDS[asked.journal]]
    states = [AppointmentState.HELD]
    if asked.journal == Journal.CONSULTATIONS:
        states.append(AppointmentState.NOT_COME)
    period = asked.period
    found = scoped_appointments(actor).filter(
        kind__in=[asked.kind] if asked.kind in kinds else kinds,
        state__in=states,
        starts_at__gte=midnight(period.first),
        starts_at__lt=midnight(period.after),
    )
    if asked.psychologist:
        found = found.filter(owner=asked.psychologist)
    rows = found.order_by().values_list(
        "pk", "starts_at", "ends_at", "state", "case", "people_count", "work_record__participants"
    )
    return [
        Key(
            APPOINTMENT,
            pk,
            starts_at,
            int((ends_at - starts_at).total_seconds()) // 60,
            planned if counted is None else counted,
            case,
            state == AppointmentState.HELD,
        )
        for pk, starts_at, ends_at, state, case, planned, counted in rows
    ]


def _questionnaire_keys(actor: Actor, asked: Asked) -> list[Key]:
    period = asked.period
    found = administrations_in_reach(actor).filter(
        state=State.FINISHED, ended_at__gte=midnight(period.first), ended_at__lt=midnight(period.after)
    )
    if asked.psychologist:
        found = found.filter(given_by=asked.psychologist)
    rows = found.order_by().values_list("pk", "ended_at", "case")
    return [Key(QUESTIONNAIRE, pk, at, 0, 1, case) for pk, at, case in rows if at]


def _appointments(ids: list[UUID]) -> QuerySet[Appointment]:
    return Appointment.objects.filter(pk__in=ids).select_related(*OF_APPOINTMENT).prefetch_related(*PEOPLE)


def _questionnaires(ids: list[UUID]) -> QuerySet[Administration]:
    return Administration.objects.filter(pk__in=ids).select_related(*OF_QUESTIONNAIRE)


def _line_of_appointment(appointment: Appointment, key: Key, number: int, year: int) -> Line:
    people = list(appointment.participants.all())
    case, work = appointment.case, work_of(appointment)
    pupils = [each.pupil for each in people if each.pupil]
    concerned = pupils or ([case.pupil] if case else [])
    others = [each.person for each in people if not each.pupil_id]
    names = tuple(dict.fromkeys([*(pupil.short_name for pupil in concerned), *others]))
    guardians = [each.guardian.short_name for each in people if each.guardian]
    return Line(
        ref=f"{APPOINTMENT}:{appointment.pk}",
        number=number,
        at=timezone.localtime(appointment.starts_at),
        minutes=appointment.minutes,
        psychologist=appointment.owner.short_name,
        kind=appointment.kind,
        state=appointment.state,
        classes=_classes(concerned, year),
        case_number=case.number if case else None,
        people=key.people,
        asker=work.asker,
        form=work.form,
        theme=work.theme,
        audience=work.audience,
        result=work.result,
        names=names,
        secret_words=(*(pupil.full_name for pupil in concerned), *guardians),
    )


def _line_of_questionnaire(given: Administration, key: Key, number: int, year: int) -> Line:
    pupil, explained = given.case.pupil, explained_of(given)
    return Line(
        ref=f"{QUESTIONNAIRE}:{given.pk}",
        number=number,
        at=timezone.localtime(key.at),
        minutes=key.minutes,
        psychologist=given.given_by.short_name,
        classes=_classes([pupil], year),
        case_number=given.case.number,
        people=key.people,
        theme=explained.purpose,
        method=given.version.name,
        respondent=given.respondent,
        told=explained.told,
        names=(pupil.short_name,),
        secret_words=(pupil.full_name,),
    )


def _classes(pupils: list[Pupil], year: int) -> tuple[str, ...]:
    found = {
        (grade_then(one.grade, class_year=one.year.starts_on.year, asked_year=year), one.letter)
        for one in (pupil.school_class for pupil in pupils)
        if one is not None
    }
    return tuple(f"{grade} «{letter}»" for grade, letter in sorted(found))


def is_written_of(appointment_id: str) -> bool:
    """Whether the service has written down what was done at an appointment, or counts it as planned work done."""
    appointment = UUID(appointment_id)
    written = WorkRecord.objects.filter(appointment=appointment).exists()
    return written or PlanItem.objects.filter(appointment=appointment).exists()
