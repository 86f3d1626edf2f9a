"""What the room of drafts asks of this one by name: which forms have drafts, and who may write into them now."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import EntryKind, RiskLevel, Visibility
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.selectors.scope import scoped_cases, workable_tasks
from caseflow.directory.actors import Actor
from caseflow.drafts.places import Kind, Place, keep_drafts_of

NOTE, CORRECTION, RISK, TASK, OUTCOME, CLOSE, REOPEN = (
    "note",
    "correction",
    "risk",
    "task",
    "outcome",
    "close",
    "reopen",
)
HOME = "caseflow.cases.drafting"
DAYS = {"event_on": _("Day it happened"), "event_time": _("Time, if known")}


def register_drafts() -> None:
    """Tell drafts of the forms of this room."""
    readers = {"visibility": dict(Visibility.choices)}
    keep_drafts_of(NOTE, Kind(f"{HOME}.page_of_case", "text", {"visibility": _("Who can read it"), **DAYS}, readers))
    keep_drafts_of(CORRECTION, Kind(f"{HOME}.correction_of_note", "text", DAYS))
    levels = {"level": dict(RiskLevel.choices)}
    beside = {"level": _("Risk level"), "formulation": _("How you understand it")}
    keep_drafts_of(RISK, Kind(f"{HOME}.assessment_of_case", "basis", beside, levels))
    keep_drafts_of(TASK, Kind(f"{HOME}.task_of_case", "title", {"due_at": _("Until when")}))
    keep_drafts_of(OUTCOME, Kind(f"{HOME}.outcome_of_task", "outcome"))
    keep_drafts_of(CLOSE, Kind(f"{HOME}.closing_of_case", "reason"))
    keep_drafts_of(REOPEN, Kind(f"{HOME}.reopening_of_case", "reason"))


def page_of_case(actor: Actor, case_id: UUID) -> Place:
    return _in_open_case(actor, case_id, "cases:detail")


def assessment_of_case(actor: Actor, case_id: UUID) -> Place:
    return _in_open_case(actor, case_id, "cases:risk")


def task_of_case(actor: Actor, case_id: UUID) -> Place:
    return _in_open_case(actor, case_id, "cases:task")


def closing_of_case(actor: Actor, case_id: UUID) -> Place:
    return _in_open_case(actor, case_id, "cases:close")


def reopening_of_case(actor: Actor, case_id: UUID) -> Place:
    """The reason for which a closed case is opened again."""
    case = _case(actor, case_id)
    if case.is_open:
        raise Case.DoesNotExist
    return Place(case.pupil_id, case.data_key, reverse("cases:reopen", args=[case.pk]))


def correction_of_note(actor: Actor, entry_id: UUID) -> Place:
    """The correction of one of the actor's own notes."""
    own = ChronologyEntry.objects.filter(author=actor.user, kind=EntryKind.NOTE)
    entry = own.only("pk", "case_id").get(pk=entry_id)
    case = _case(actor, entry.case_id)
    _refuse_closed(case)
    return Place(case.pupil_id, case.data_key, reverse("cases:correct", args=[case.pk, entry.pk]))


def outcome_of_task(actor: Actor, task_id: UUID) -> Place:
    """What came of a task that the actor may complete, or add to."""
    case = workable_tasks(actor).select_related("case__data_key").get(pk=task_id).case
    return Place(case.pupil_id, case.data_key, reverse("cases:complete", args=[task_id]))


def _in_open_case(actor: Actor, case_id: UUID, page: str) -> Place:
    case = _case(actor, case_id)
    _refuse_closed(case)
    return Place(case.pupil_id, case.data_key, reverse(page, args=[case.pk]))


def _case(actor: Actor, case_id: UUID) -> Case:
    return scoped_cases(actor).select_related("data_key").get(pk=case_id)


def _refuse_closed(case: Case) -> None:
    """A closed case takes no text, so nothing is begun there; closing it removed what had been."""
    if not case.is_open:
        raise Case.DoesNotExist
