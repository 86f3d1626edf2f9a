"""What a guardian may read of a safety plan. An excluded one finds what everybody finds before anything is shared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.consent.selectors import decidable_pupils, excluded_guardians
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.plans.models import Sharing
from caseflow.plans.rules import PlanText
from caseflow.plans.selectors.versions import text_of


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """The shared lines and nothing else: no case number, no version, no other line."""

    text: PlanText
    agreed_at: datetime
    psychologist: str


def shared_plan(actor: Actor, pupil_id: UUID) -> Sharing | None:
    """What is shared with the actor of the own child's plan. Raises Pupil.DoesNotExist for anybody else's child.

    A safety plan of a closed case is shared no more.
    """
    pupil = decidable_pupils(actor).only("pk").get(pk=pupil_id)
    guardian = actor.membership.guardian_id
    if actor.role != Role.PARENT or guardian in excluded_guardians(pupil.pk):
        return None
    running = Sharing.objects.filter(plan__case__pupil=pupil, plan__case__closed_at=None, ended_at=None)
    return running.select_related("version__read_aloud_by", "plan__case__data_key", "plan__case__pupil").first()


def shared_text(sharing: Sharing) -> SharedPlan:
    """The shared lines in clear."""
    version = sharing.version
    text = text_of(sharing.plan.case, version).shared
    return SharedPlan(text, version.signed_at, version.read_aloud_by.short_name)
