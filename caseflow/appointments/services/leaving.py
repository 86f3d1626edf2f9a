"""Appointments of a psychologist who leaves the school."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from caseflow.accounts.models import User
from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.scope import changeable_appointments
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership, School


def appointments_of(user_id: int, school: School) -> list[str]:
    """What is planned ahead, by its time alone."""
    starts = _ahead(user_id, school).values_list("starts_at", flat=True)
    return [date_format(timezone.localtime(start), "j E, H:i") for start in starts]


def hand_over_appointments(by: User, user_id: int, school: School, successor: Membership | None) -> int:
    """They are the successor's, at the same times, but for those about the successor's own child, or in a case that is
    kept from them (rule 10b); the rest stays in the calendar that all psychologists there keep."""
    ahead = _ahead(user_id, school)
    if successor:
        ahead = ahead.filter(pk__in=changeable_appointments(Actor(successor.user, successor)).values("pk"))
    detail = {"before": user_id, "now": successor.user_id if successor else None}
    record(action="appointment_changed", actor_id=by.pk, role="", obj=f"appointments of {user_id}", detail=detail)
    return ahead.update(owner=successor.user, changed_at=timezone.now()) if successor else ahead.count()


def _ahead(user_id: int, school: School) -> QuerySet[Appointment]:
    planned = Appointment.objects.filter(owner=user_id, school=school, state=AppointmentState.PLANNED)
    return planned.filter(starts_at__gt=timezone.now()).order_by("starts_at")
