"""A parent on the staff with two accounts: the office says that they are one person (rule 10b)."""

from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from caseflow.audit.services import record
from caseflow.consent.selectors.office import guardians_at
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian
from caseflow.directory.selectors import staff_around


@transaction.atomic
def name_staff_account(actor: Actor, guardian_id: UUID, user_id: int | None) -> Guardian:
    """Say as whom a guardian works here, or that they do not (None). Staff access to the own child ends at once.

    It only takes rights: the guardian's portal stays as it was. Raises Http404 for a guardian of no pupil of the
    actor's, and for an account of nobody who works at the school or leads its psychologists.
    """
    guardian = get_object_or_404(guardians_at(actor), pk=guardian_id)
    if user_id is not None:
        get_object_or_404(staff_around(actor.schools().get()), pk=user_id)
    before = guardian.staff_account_id
    Guardian.objects.filter(pk=guardian_id).update(staff_account=user_id)
    record(
        action="guardian.staff_account",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"directory.Guardian/{guardian_id}",
        detail={"before": before, "now": user_id},
    )
    return guardian
