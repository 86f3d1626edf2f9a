from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from caseflow.cases.enums import EntryKind, Stage
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused, PupilHasOpenCase
from caseflow.cases.selectors.scope import open_case_of
from caseflow.cases.selectors.standing import obstacles_of, was_grave
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_case, hold_open_case, log, said_why
from caseflow.cases.services.moving import enter_stage
from caseflow.directory.actors import Actor
from caseflow.drafts.services import drop_drafts


@transaction.atomic
def close_case(actor: Actor, case_id: UUID, *, reason: str) -> Case:
    """Close the case for a reason.

    Raises Case.DoesNotExist, CaseRefused (no reason, closed already, unfinished tasks, what the case came from asks for
    more, or the case was at high or acute risk: then a lead psychologist is asked, `ask_to_close`).
    """
    case = hold_open_case(actor, case_id)
    why = said_why(reason)
    refuse_while_obstructed(actor, case)
    if was_grave(case):
        raise CaseRefused(gettext("This case was at high or acute risk: a lead psychologist has to agree. Ask for it."))
    return shut(actor, case, why)


@transaction.atomic
def reopen_case(actor: Actor, case_id: UUID, *, reason: str) -> Case:
    """Open a closed case again, with its number, chronology and last assessment.

    Raises Case.DoesNotExist, CaseRefused (no reason, not closed), PupilHasOpenCase.
    """
    case = hold_case(actor, case_id)
    why = said_why(reason)
    if case.is_open:
        raise CaseRefused(gettext("The case is open."))
    other = open_case_of(case.pupil_id, case.school_id)
    if other is not None:
        message = gettext("Another case of this pupil is open: no. %(number)s.") % {"number": other.number}
        raise PupilHasOpenCase(message, other.pk)
    return _turn(actor, case, Stage.REOPENED, why)


def refuse_while_obstructed(actor: Actor, case: Case) -> None:
    """Raises CaseRefused with everything that has to be done before the case may be closed."""
    obstacles = obstacles_of(actor, case)
    number = obstacles.unfinished_tasks
    said = obstacles.sentences
    if number:
        waits = ngettext(
            "There is %(number)s unfinished task. Complete it first.",
            "There are %(number)s unfinished tasks. Complete them first.",
            number,
        )
        said.insert(0, waits % {"number": number})
    if said:
        raise CaseRefused(" ".join(said))


def shut(actor: Actor, case: Case, reason: str) -> Case:
    """Close a locked case that may be closed."""
    return _turn(actor, case, Stage.CLOSED, reason)


def _turn(actor: Actor, case: Case, stage: Stage, reason: str) -> Case:
    enter_stage(case, stage, timezone.now())
    drop_drafts(case.data_key)
    code = "closed" if stage == Stage.CLOSED else "reopened"
    write_entry(case, kind=EntryKind.CASE, code=code, author=actor.user, text=reason, event_at=case.stage_since)
    log(actor, "case_closed" if stage == Stage.CLOSED else "case_reopened", case)
    return case
