"""Opening a pupil's card: what is shown and the entry that it was shown are one transaction (rule 24)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship, Pupil
from caseflow.directory.selectors import guardians_of


@dataclass(frozen=True, slots=True)
class PupilCard:
    """A pupil and who stands for the pupil today."""

    pupil: Pupil
    guardians: list[Guardianship]


@transaction.atomic
def open_pupil(actor: Actor, pupil_id: UUID) -> PupilCard:
    """The pupil's card; the reading is logged. Raises Pupil.DoesNotExist outside the actor's scope."""
    pupil = actor.pupils().select_related("school_class", "school").get(pk=pupil_id)
    record(action="read", actor_id=actor.user.pk, role=actor.role, obj=f"pupil {pupil.pk}", pupil_id=pupil.pk)
    return PupilCard(pupil, list(guardians_of(pupil)))
