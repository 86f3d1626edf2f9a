from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind, Stage
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused, is_legal, missing_for
from caseflow.cases.selectors.standing import open_request, standing_of
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_open_case, log, said_why
from caseflow.directory.actors import Actor


@transaction.atomic
def move_case(actor: Actor, case_id: UUID, *, stage: Stage, reason: str) -> Case:
    """Move an open case to another stage, for a reason.

    Raises Case.DoesNotExist, CaseRefused (closed case, no reason, no legal move, something is missing before the stage,
    the closing waits to be decided).
    """
    case = hold_open_case(actor, case_id)
    why = said_why(reason)
    if not is_legal(Stage(case.stage), stage):
        names = {"before": Stage(case.stage).label, "after": stage.label}
        raise CaseRefused(gettext("A case does not go from “%(before)s” to “%(after)s”.") % names)
    for said in missing_for(stage, standing_of(case)):
        raise CaseRefused(str(said))
    if open_request(case) is not None:
        raise CaseRefused(gettext("The lead psychologist decides on closing this case. Take the wish back first."))
    before, now = case.stage, timezone.now()
    enter_stage(case, stage, now)
    params = {"before": str(before), "stage": str(stage)}
    write_entry(
        case, kind=EntryKind.CASE, code="moved", author=actor.user, text=why, params=params, event_at=case.stage_since
    )
    log(actor, "case_moved", case, **params)
    return case


def enter_stage(case: Case, stage: Stage, now: datetime) -> None:
    """Put a locked case into the stage, and out of work or back into it where the stage says so."""
    fields = ["stage", "stage_since", "closed_at"]
    case.stage, case.stage_since = stage, now
    case.closed_at = now if stage == Stage.CLOSED else None
    if stage == Stage.REOPENED:
        case.working_since = now
        fields.append("working_since")
    case.save(update_fields=fields)
