"""Writing on a safety plan. A draft may be changed as often as the pupil likes; what was signed never."""

from typing import cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.meanwhile import SavedMeanwhile
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import add_system_entry
from caseflow.cases.services.locking import hold_open_case, log
from caseflow.directory.actors import Actor
from caseflow.plans.models import SafetyPlan
from caseflow.plans.rules import LONGEST_LINE, LONGEST_NAME, MOST_LINES, PlanText, empty_text
from caseflow.plans.selectors.versions import draft_of, saved_draft, text_of
from caseflow.plans.services.holding import hold_draft, hold_plan, hold_written, sealed_draft
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import keep_removed, removed_rows

DROPPED = "safety_plan_dropped"  # as an act that can be undone


@transaction.atomic
def begin_draft(actor: Actor, case_id: UUID) -> PlanText:
    """Begin the safety plan of a case, or its next version with the text of the last one; a draft that is there stays.

    Raises Case.DoesNotExist, CaseRefused (closed case).
    """
    case = hold_open_case(actor, case_id)
    now = timezone.now()
    plan, is_new = SafetyPlan.objects.get_or_create(case=case, defaults={"begun_by": actor.user, "begun_at": now})
    draft = draft_of(case, plan)
    if draft is not None:
        return draft
    newest = plan.versions.first()
    text = text_of(case, newest) if newest else _first_text(case)
    _keep(actor, case, plan, text)
    code = "safety_plan_begun" if is_new else "safety_plan_renewed"
    add_system_entry(case, kind=EntryKind.CASE, code=code, author=actor.user, ref=f"safety:{case.pk}")
    log(actor, "safety_plan_begun", case)
    return text


@transaction.atomic
def save_draft(actor: Actor, case_id: UUID, text: PlanText, *, seen_sha256: str) -> PlanText:
    """Keep `text` instead of the draft that had that digest.

    Raises Case.DoesNotExist, CaseRefused (closed case, no draft, too long), SavedMeanwhile where somebody has saved
    another text since.
    """
    case, plan, draft = hold_written(actor, case_id)
    if draft.sha256 != seen_sha256 and draft != text:
        said = gettext("Somebody has saved the safety plan meanwhile. Nothing was overwritten.")
        raise SavedMeanwhile(said, saved_draft(plan, draft))
    _refuse_overlong(text)
    _keep(actor, case, plan, text)
    log(actor, "safety_plan_written", case)
    return text


@transaction.atomic
def drop_draft(actor: Actor, case_id: UUID, *, seen_sha256: str) -> None:
    """Forget what was being written, not what was signed. Raises as `save_draft`, and where nothing is signed yet."""
    case, plan, _draft = hold_draft(actor, case_id, seen_sha256)
    if not plan.versions.exists():
        raise CaseRefused(gettext("Nothing of this plan is signed yet. Empty its lines instead."))
    keep_removed(actor, DROPPED, case.pk, [plan], pupil_id=case.pupil_id)
    SafetyPlan.objects.filter(pk=plan.pk).update(draft_sealed=b"", draft_by=None, draft_saved_at=None)
    log(actor, "safety_plan_dropped", case)


def take_up_again(actor: Actor, case_id: str, _facts: Facts) -> str:
    """Take back that the actor dropped what was being written. Returns the page on which it is written.

    Raises Removed.DoesNotExist, Case.DoesNotExist, SafetyPlan.DoesNotExist, TooLateError (closed case, something
    else is written or signed by now).
    """
    (removed,) = removed_rows(actor, DROPPED, case_id)
    was = cast("SafetyPlan", removed)
    try:
        case, plan = hold_plan(actor, UUID(case_id))
    except CaseRefused as refused:
        raise TooLateError from refused
    newest = plan.versions.first()
    if plan.draft_sealed or was.draft_saved_at is None or (newest and newest.signed_at > was.draft_saved_at):
        raise TooLateError
    plan.draft_sealed, plan.draft_by_id = bytes(was.draft_sealed), was.draft_by_id
    plan.draft_saved_at = was.draft_saved_at
    plan.save(update_fields=["draft_sealed", "draft_by", "draft_saved_at"])
    log(actor, "safety_plan_restored", case)
    return reverse("plans:safety", args=[case.pk])


def _first_text(case: Case) -> PlanText:
    blank = empty_text()
    return PlanText(case.pupil.first_name[:LONGEST_NAME], blank.steps)


def _keep(actor: Actor, case: Case, plan: SafetyPlan, text: PlanText) -> None:
    SafetyPlan.objects.filter(pk=plan.pk).update(
        draft_sealed=sealed_draft(case, plan, text), draft_by=actor.user, draft_saved_at=timezone.now()
    )


def _refuse_overlong(text: PlanText) -> None:
    lines = [line for step in text.steps for line in step]
    if len(text.name) > LONGEST_NAME or any(len(line.text) > LONGEST_LINE for line in lines):
        raise CaseRefused(gettext("A line holds %(number)s characters at most.") % {"number": LONGEST_LINE})
    if any(len(step) > MOST_LINES for step in text.steps):
        raise CaseRefused(gettext("A step holds %(number)s lines at most.") % {"number": MOST_LINES})
