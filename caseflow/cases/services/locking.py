"""How a change takes hold of a case: scoped, locked, and with an audit entry in the same transaction."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.pages import case_label
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor

if TYPE_CHECKING:
    from caseflow.accounts.models import User


def hold_case(actor: Actor, case_id: UUID) -> Case:
    """The case, locked until the transaction ends. Raises Case.DoesNotExist outside the actor's scope."""
    scoped_cases(actor).only("pk").get(pk=case_id)
    return lock_case(case_id)


def hold_open_case(actor: Actor, case_id: UUID) -> Case:
    """As `hold_case`, and CaseRefused when the case is closed, or the pupil has died: then it is kept as it stands."""
    case = hold_case(actor, case_id)
    refuse_unless_open(case)
    if case.pupil.died_on is not None:
        raise CaseRefused(gettext("The pupil has died. The case is kept as it is, and nothing is written in it."))
    return case


def lock_case(case_id: UUID) -> Case:
    """The case by its id alone, locked: for callers that have checked who asks."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("data_key", "school__district", "pupil")
        .get(pk=case_id)
    )


def refuse_unless_open(case: Case) -> None:
    if not case.is_open:
        raise CaseRefused(gettext("The case is closed. Reopen it first."))


def log(actor: Actor, action: str, case: Case, **detail: Any) -> None:
    """Write the audit entry of an act on a case; `detail` never holds a person's words."""
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=case_label(case.pk),
        pupil_id=case.pupil_id,
        detail=detail,
    )


def log_by(by: "User | None", acting_as: str, action: str, case: Case, **detail: Any) -> None:
    """The same of an act of the office, which has no role in the case, or of the product itself (None)."""
    record(
        action=action,
        actor_id=by.pk if by else None,
        role=acting_as,
        obj=case_label(case.pk),
        pupil_id=case.pupil_id,
        detail=detail,
    )


def said_why(reason: str) -> str:
    """The reason without blanks around it. Raises CaseRefused for none."""
    if not reason.strip():
        raise CaseRefused(gettext("Say why."))
    return reason.strip()
