"""What was said of an appointment was wrong: it waits for its answer again, and the case keeps both."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import CORRECTABLE, AppointmentRefused
from caseflow.appointments.services.locking import hold_appointment, log
from caseflow.appointments.texts import CORRECTED
from caseflow.cases.enums import EntryKind
from caseflow.cases.services.chronology import write_entry
from caseflow.directory.actors import Actor


@transaction.atomic
def correct_answer(actor: Actor, appointment_id: UUID, *, reason: str) -> Appointment:
    """Open the answer of one that was held, or to which somebody did not come, again; the reason stands in the case.

    Raises Appointment.DoesNotExist outside the actor's scope, AppointmentRefused (nothing was said, called off, no
    reason).
    """
    appointment = hold_appointment(actor, appointment_id)
    if appointment.state not in CORRECTABLE:
        raise AppointmentRefused(gettext("Only that it was held, or that somebody did not come, can be taken back."))
    if not reason.strip():
        raise AppointmentRefused(gettext("Say what was wrong."))
    before = appointment.state
    appointment.state, appointment.changed_at = AppointmentState.PLANNED, timezone.now()
    appointment.answered_at = appointment.answered_by = None
    appointment.reason_sealed = b""
    appointment.save()
    appointment.participants.update(came=None)
    log(actor, "appointment_corrected", appointment, before=before)
    _chronicle(actor, appointment, reason.strip())
    return appointment


def _chronicle(actor: Actor, appointment: Appointment, reason: str) -> None:
    if appointment.case is None:
        return
    write_entry(
        appointment.case,
        kind=EntryKind.APPOINTMENT,
        code=CORRECTED,
        author=actor.user,
        text=reason,
        params={"appointment": appointment.kind},
        ref=f"appointment:{appointment.pk}",
        event_at=appointment.starts_at,
    )
