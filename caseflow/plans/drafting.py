"""What the room of drafts asks of this one by name: who may write on a safety plan now, and how two become one."""

from uuid import UUID

from django.urls import reverse

from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.drafts.places import Kind, Place, keep_drafts_of
from caseflow.drafts.rules import Fields
from caseflow.plans.models import SafetyPlan
from caseflow.plans.rules import read_out, text_in
from caseflow.plans.rules.written import both_fields

SAFETY = "safety"


def register_drafts() -> None:
    keep_drafts_of(SAFETY, Kind("caseflow.plans.drafting.safety_of_case", reads=_read, joins=both_fields))


def safety_of_case(actor: Actor, case_id: UUID) -> Place:
    """The safety plan of an open case, while something is being written on it."""
    case = scoped_cases(actor).select_related("data_key").get(pk=case_id)
    plan = SafetyPlan.objects.only("draft_sealed").get(case=case)
    if not case.is_open or not plan.draft_sealed:
        raise SafetyPlan.DoesNotExist
    return Place(case.pupil_id, case.data_key, reverse("plans:safety", args=[case.pk]))


def _read(fields: Fields) -> str:
    return read_out(text_in(fields))
