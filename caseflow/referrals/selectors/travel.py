"""What goes to the other school when a case is transferred, and what does not."""

from dataclasses import dataclass

from django.db.models import Q

from caseflow.appointments.enums import AppointmentState
from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.models import Case
from caseflow.cases.selectors.standing import open_request
from caseflow.directory.models import Pupil
from caseflow.directory.rules import still_here
from caseflow.referrals.enums import Kind
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import RUNNING


@dataclass(frozen=True, slots=True)
class Travel:
    """Counts of what the new school gets (`notes`, `tasks`, `referrals`, …), of what stays closed to it
    (`closed_notes`: for the author and the lead alone) and of what ends (`appointments`)."""

    notes: int
    closed_notes: int
    assessments: int
    tasks: int
    referrals: int
    appointments: int


def travel_of(case: Case) -> Travel:
    """Before a case is offered: what would go with it. Five queries."""
    notes = case.entries.filter(kind=EntryKind.NOTE)
    closed = notes.filter(visibility=Visibility.ME_AND_LEAD).count()
    return Travel(
        notes=notes.count() - closed,
        closed_notes=closed,
        assessments=case.assessments.count(),
        tasks=case.tasks.filter(done_at=None).count(),
        referrals=case.referrals.filter(kind=Kind.REFERRAL, state__in=RUNNING).count(),
        appointments=case.appointments.filter(state=AppointmentState.PLANNED).count(),
    )


def on_the_roll(referral: Referral) -> list[Pupil]:
    """The pupils on the roll of the receiving school who can be the pupil of the case: the same record, or one with the
    same names and date of birth, since each school keeps a record of its own."""
    pupil = referral.case.pupil
    born = Q(pk=pupil.pk) | Q(birth_date=pupil.birth_date)
    there = Pupil.objects.filter(still_here(), born, school=referral.to_school_id)
    found = there.select_related("school_class").order_by("last_name", "first_name", "pk")
    return [one for one in found if one.pk == pupil.pk or _names(one) == _names(pupil)]


def _names(pupil: Pupil) -> tuple[str, ...]:
    """The names without regard to capitals, which SQLite knows of Latin letters alone."""
    return tuple(name.strip().casefold() for name in (pupil.last_name, pupil.first_name, pupil.patronymic))


def waits_to_close(case: Case) -> bool:
    """Whether a lead is asked to agree that the case is closed."""
    return open_request(case) is not None
