"""Which appointments somebody reaches. Everything that reads or changes one starts here."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseflow.appointments.models import Appointment, Participant
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.selectors import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship
from caseflow.directory.rules import is_guardian

SHOWN = ("school", "owner", "room", "case", "data_key")


def scoped_appointments(actor: Actor) -> QuerySet[Appointment]:
    """What the actor may open: a psychologist all of the school, a lead psychologist those of the cases given to them.

    Nobody opens what is about the own child, or belongs to a case that is kept from them.
    """
    if actor.role not in CASE_ROLES:
        return Appointment.objects.none()
    of_cases = Q(case__in=scoped_cases(actor).values("pk"))
    reached = of_cases if actor.role == Role.LEAD_PSYCHOLOGIST else of_cases | Q(case=None)
    own_child = Guardianship.objects.filter(is_guardian(actor.user, "guardian__"), pupil=OuterRef("pupil"))
    with_own_child = Participant.objects.filter(Exists(own_child), appointment=OuterRef("pk"))
    return Appointment.objects.filter(reached, ~Exists(with_own_child), school__in=actor.schools())


def changeable_appointments(actor: Actor) -> QuerySet[Appointment]:
    """What the actor may change: psychologists stand in for each other at their school; a lead only reads."""
    found = scoped_appointments(actor)
    return found if actor.role == Role.PSYCHOLOGIST else found.none()


def appointment_in_reach(actor: Actor, appointment_id: UUID) -> Appointment:
    """One of `scoped_appointments` with what its page shows. Raises Appointment.DoesNotExist."""
    return scoped_appointments(actor).select_related(*SHOWN).get(pk=appointment_id)
