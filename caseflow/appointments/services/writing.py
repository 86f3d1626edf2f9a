"""How an appointment is written down: its people, its words, its reminder."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.models import Appointment, Participant
from caseflow.appointments.rules import (
    FARTHEST,
    LONGEST_AGO,
    LONGEST_MINUTES,
    MOST_PEOPLE,
    STEP,
    AppointmentRefused,
    Plan,
)
from caseflow.appointments.selectors.people import People
from caseflow.appointments.selectors.words import MODEL
from caseflow.cases.models import Case
from caseflow.cases.selectors import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.records.models import DataKey
from caseflow.records.vault import new_key, seal, where

OWN_KEY = "appointment"


def check_plan(plan: Plan, now: datetime) -> None:
    """Raise AppointmentRefused unless the plan can be entered at all."""
    begins, ends = timezone.localtime(plan.starts_at), timezone.localtime(plan.ends_at)
    if plan.minutes % STEP or not STEP <= plan.minutes <= LONGEST_MINUTES:
        raise AppointmentRefused(gettext("An appointment lasts from 5 minutes to 8 hours, in steps of 5 minutes."))
    if begins.minute % STEP or begins.second or begins.microsecond:
        raise AppointmentRefused(gettext("An appointment begins at a whole step of 5 minutes."))
    if ends.date() != begins.date():
        raise AppointmentRefused(gettext("An appointment ends on the day on which it begins."))
    if not now - LONGEST_AGO <= plan.starts_at <= now + FARTHEST:
        raise AppointmentRefused(gettext("An appointment is entered up to a month later, and up to a year ahead."))
    if plan.people_count > MOST_PEOPLE:
        raise AppointmentRefused(gettext("These are too many people for one appointment."))


def case_of_plan(actor: Actor, plan: Plan) -> Case | None:
    """The case to which the appointment will belong. Raises Case.DoesNotExist out of scope, AppointmentRefused for a
    closed one."""
    if plan.case is None:
        return None
    case = scoped_cases(actor).select_related("data_key").get(pk=plan.case)
    if not case.is_open:
        raise AppointmentRefused(gettext("The case is closed. Reopen it first."))
    return case


def key_for(case: Case | None, people: People) -> DataKey:
    """With which key the words are sealed: the case's, that of the one pupil, or a new one."""
    if case is not None:
        return case.data_key
    if len(people.pupils) == 1:
        return people.pupils[0].data_key
    return new_key(OWN_KEY)


def seal_words(appointment: Appointment, field: str, text: str) -> bytes:
    """What stands in "<field>_sealed"."""
    if appointment.data_key is None:
        return b""
    return seal(appointment.data_key, text.strip(), where(MODEL, appointment.pk, field))


def write_people(appointment: Appointment, people: People) -> None:
    """Replace who is to come."""
    appointment.participants.all().delete()
    rows = [
        *(Participant(appointment=appointment, pupil=pupil) for pupil in people.pupils),
        *(Participant(appointment=appointment, guardian=guardian) for guardian in people.guardians),
        *(Participant(appointment=appointment, member=member) for member in people.members),
    ]
    Participant.objects.bulk_create(rows)
