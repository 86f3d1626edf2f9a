"""How a change takes hold of the calendar: whoever writes to it does so in turn, so that nothing is taken twice."""

from typing import Any
from uuid import UUID

from caseflow.accounts.models import User
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.scope import SHOWN, changeable_appointments
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import School


def hold_calendar(school_id: int, owner_id: int) -> None:
    """Wait until nobody else changes the calendar of this school or of this psychologist, who may work at two.

    Always the school first, so that two never wait for each other.
    """
    School.objects.select_for_update(no_key=True).only("pk").get(pk=school_id)
    User.objects.select_for_update(no_key=True).only("pk").get(pk=owner_id)


def hold_appointment(actor: Actor, appointment_id: UUID) -> Appointment:
    """The appointment with its calendar, held until the transaction ends. Raises Appointment.DoesNotExist outside the
    actor's scope."""
    found = changeable_appointments(actor).only("school", "owner").get(pk=appointment_id)
    hold_calendar(found.school_id, found.owner_id)
    locked = Appointment.objects.select_for_update(of=("self",)).select_related(*SHOWN, "school__district")
    return locked.get(pk=appointment_id)


def log(actor: Actor, action: str, appointment: Appointment, **detail: Any) -> None:
    """Write the audit entry of an act; `detail` never holds a person's words.

    It bears the pupil where the appointment belongs to a case.
    """
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=label(appointment.pk),
        pupil_id=appointment.case.pupil_id if appointment.case else None,
        detail=detail,
    )


def label(appointment_id: UUID) -> str:
    """How the audit names an appointment."""
    return f"appointments.Appointment/{appointment_id}"
