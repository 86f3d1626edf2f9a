"""What was done at an appointment, and to whom a result was explained: written there, read by the journals."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.scope import SHOWN, changeable_appointments, scoped_appointments
from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.instruments.enums import State
from caseflow.instruments.models import Administration
from caseflow.instruments.selectors.administrations import administrations_in_reach
from caseflow.journals.enums import Asker, Told, WorkForm
from caseflow.journals.models import ResultRecord, WorkRecord
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.access import JOURNAL_OF
from caseflow.journals.selectors.words import RESULT, WORK, Explained, Work, explained_of, work_of
from caseflow.journals.services.noting import log
from caseflow.records.models import DataKey
from caseflow.records.vault import seal, where


@dataclass(frozen=True, slots=True)
class OpenedWork:
    """An appointment with what was done at it; `is_work` says whether it stands in a journal."""

    appointment: Appointment
    work: Work
    is_work: bool
    may_write: bool

    @property
    def asker_label(self) -> str:
        return str(Asker(self.work.asker).label) if self.work.asker else ""

    @property
    def form_label(self) -> str:
        return str(WorkForm(self.work.form).label) if self.work.form else ""


@dataclass(frozen=True, slots=True)
class OpenedResult:
    """A questionnaire with what is said of its result."""

    administration: Administration
    explained: Explained
    may_write: bool

    @property
    def told_labels(self) -> str:
        return ", ".join(str(Told(each).label) for each in self.explained.told)


@transaction.atomic
def record_work(actor: Actor, appointment_id: UUID, work: Work) -> WorkRecord:
    """Say what was done at an appointment that was held, or say it anew.

    Raises Appointment.DoesNotExist outside the actor's scope, JournalRefused (not held, of a kind that stands in no
    journal, what was said of it is erased).
    """
    found = changeable_appointments(actor).select_for_update(of=("self",)).select_related("case", "data_key")
    appointment = found.get(pk=appointment_id)
    key = _key_of_held(appointment)
    record, _new = WorkRecord.objects.get_or_create(
        appointment=appointment, defaults={"written_by": actor.user, "written_at": timezone.now()}
    )
    record.asker, record.form, record.participants = work.asker, work.form, work.participants
    for field in ("theme", "audience", "result"):
        sealed = seal(key, getattr(work, field).strip(), where(WORK, record.pk, field))
        setattr(record, f"{field}_sealed", sealed)
    record.written_by, record.written_at = actor.user, timezone.now()
    record.save()
    log(actor, "work_recorded", _label(appointment), pupil_id=_pupil_of(appointment))
    return record


@transaction.atomic
def record_result(actor: Actor, administration_id: UUID, *, purpose: str, told: Iterable[str]) -> ResultRecord:
    """Say what a finished questionnaire was given for, and to whom its result was explained.

    Raises Administration.DoesNotExist outside the actor's scope, JournalRefused (not finished).
    """
    if actor.role != Role.PSYCHOLOGIST:
        raise Administration.DoesNotExist
    found = administrations_in_reach(actor).select_for_update(of=("self",)).select_related("case__data_key")
    given = found.get(pk=administration_id)
    if given.state != State.FINISHED:
        raise JournalRefused(gettext("This questionnaire is not finished yet."))
    record, _new = ResultRecord.objects.get_or_create(
        administration=given, defaults={"written_by": actor.user, "written_at": timezone.now()}
    )
    record.purpose_sealed = seal(given.case.data_key, purpose.strip(), where(RESULT, record.pk, "purpose"))
    record.told = [each.value for each in Told if each.value in set(told)]
    record.written_by, record.written_at = actor.user, timezone.now()
    record.save()
    log(actor, "result_recorded", f"instruments.Administration/{given.pk}", pupil_id=given.case.pupil_id)
    return record


@transaction.atomic
def open_work(actor: Actor, appointment_id: UUID) -> OpenedWork:
    """What was done at an appointment; the reading is logged where anything was said.

    Raises Appointment.DoesNotExist outside the actor's scope.
    """
    found = scoped_appointments(actor).select_related(*SHOWN, "work_record")
    appointment = found.get(pk=appointment_id)
    work = work_of(appointment)
    if work.is_written:
        log(actor, "work_read", _label(appointment), pupil_id=_pupil_of(appointment))
    held = appointment.state == AppointmentState.HELD and appointment.kind in JOURNAL_OF
    may_write = actor.role == Role.PSYCHOLOGIST and appointment.data_key is not None
    return OpenedWork(appointment, work, held, may_write)


@transaction.atomic
def open_result(actor: Actor, administration_id: UUID) -> OpenedResult:
    """What is said of a questionnaire's result; the reading is logged where anything was said.

    Raises Administration.DoesNotExist outside the actor's scope.
    """
    if actor.role not in CASE_ROLES:
        raise Administration.DoesNotExist
    found = administrations_in_reach(actor).select_related("case__data_key", "version", "result_record")
    given = found.get(pk=administration_id)
    explained = explained_of(given)
    if explained.is_written:
        log(actor, "work_read", f"instruments.Administration/{given.pk}", pupil_id=given.case.pupil_id)
    return OpenedResult(given, explained, actor.role == Role.PSYCHOLOGIST and given.state == State.FINISHED)


def _key_of_held(appointment: Appointment) -> DataKey:
    if appointment.state != AppointmentState.HELD:
        raise JournalRefused(gettext("Say first that the appointment was held."))
    if appointment.kind not in JOURNAL_OF:
        raise JournalRefused(gettext("An appointment of this kind stands in no journal."))
    if appointment.data_key is None:
        raise JournalRefused(
            gettext("What was said of this appointment has been erased. Nothing more is written to it.")
        )
    return appointment.data_key


def _label(appointment: Appointment) -> str:
    return f"appointments.Appointment/{appointment.pk}"


def _pupil_of(appointment: Appointment) -> UUID | None:
    return appointment.case.pupil_id if appointment.case else None
