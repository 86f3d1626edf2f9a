"""An appointment as the plan that would make it: what a form begins with, and a move changes."""

from caseflow.appointments.enums import AppointmentKind
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import Plan
from caseflow.appointments.selectors.words import words_of


def plan_of(appointment: Appointment) -> Plan:
    """The plan. One query, and none where the participants are there already."""
    people = list(appointment.participants.all())
    return Plan(
        starts_at=appointment.starts_at,
        minutes=appointment.minutes,
        kind=AppointmentKind(appointment.kind),
        room=appointment.room_id,
        case=appointment.case_id,
        pupils=tuple(each.pupil_id for each in people if each.pupil_id),
        guardians=tuple(each.guardian_id for each in people if each.guardian_id),
        members=tuple(each.member_id for each in people if each.member_id),
        purpose=words_of(appointment, "purpose"),
    )
