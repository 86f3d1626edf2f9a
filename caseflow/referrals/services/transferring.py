"""A case goes over to the school to which its pupil has moved."""

from uuid import UUID

from django.utils.translation import gettext

from caseflow.appointments.services.outcome import call_off_of_case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services.transferring import move_to_school
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.travel import on_the_roll
from caseflow.referrals.services.holding import log


def take_over(actor: Actor, referral: Referral, pupil_id: UUID | None) -> None:
    """Give the held case to the actor and their school, inside the caller's transaction.

    Raises CaseRefused (no such pupil on the roll, several and none named, another open case of the pupil).
    """
    case, school = referral.case, School.objects.get(referrals=referral)
    pupil = _on_roll(referral, pupil_id)
    number, former = case.number, case.pupil_id
    call_off_of_case(actor, case, gettext("The pupil has moved to another school."))
    move_to_school(case, school, pupil, actor)
    log(actor, "case_transferred", referral, number=number, former_pupil=str(former))


def _on_roll(referral: Referral, pupil_id: UUID | None) -> Pupil:
    there = on_the_roll(referral)
    meant = [one for one in there if one.pk == pupil_id] if pupil_id else there
    if not meant:
        raise CaseRefused(
            gettext("The pupil is not on the roll of your school yet. Accept the case once the pupil is enrolled.")
        )
    if len(meant) > 1:
        raise CaseRefused(gettext("Several pupils of this name are on the roll. Choose whom the case is about."))
    return meant[0]
