"""How a change takes hold of a questionnaire: the case first, as everywhere, and with an entry in the log."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.enums import EntryKind
from caseflow.cases.services import add_system_entry
from caseflow.cases.services.locking import lock_case
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import Filling
from caseflow.instruments.models import Administration
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.selectors.administrations import LABEL, administrations_in_reach
from caseflow.instruments.texts import REF
from caseflow.records.vault import keyed_digest


def hold(administration_id: UUID) -> Administration:
    """The questionnaire by its id alone, its case locked until the transaction ends: for who has a code or a scope."""
    case_id = Administration.objects.only("case_id").get(pk=administration_id).case_id
    case = lock_case(case_id)
    one = Administration.objects.select_related("version", "given_by").get(pk=administration_id)
    one.case = case
    return one


def hold_open(actor: Actor, administration_id: UUID) -> Administration:
    """One that is still filled in. Raises Administration.DoesNotExist outside the actor's scope, InstrumentRefused."""
    administrations_in_reach(actor).only("pk").get(pk=administration_id)
    one = hold(administration_id)
    if not one.is_open:
        raise InstrumentRefused(gettext("This questionnaire has ended. Give a new one."))
    return one


def hold_on_screen(actor: Actor, administration_id: UUID) -> Administration:
    """One that is filled in on the psychologist's screen. Raises as `hold_open`, InstrumentRefused also for a code."""
    one = hold_open(actor, administration_id)
    if one.filling != Filling.SCREEN:
        raise InstrumentRefused(gettext("This questionnaire is filled in by a code."))
    return one


def digest_of_code(code: str) -> str:
    """How the code is kept: who has the database alone can try no guess."""
    return keyed_digest("instrument code", code)


def enter(one: Administration, code: str, actor: Actor | None, **params: Any) -> None:
    """A line in the case's chronology; `params` hold names and codes, never an answer."""
    add_system_entry(
        one.case,
        kind=EntryKind.ASSESSMENT,
        code=code,
        params={"instrument": one.version.name, **params},
        ref=f"{REF}:{one.pk}",
        author=actor.user if actor else None,
    )


def log(actor: Actor | None, action: str, one: Administration, **detail: Any) -> None:
    """The audit entry of an act on a questionnaire; without an actor it was done by whoever had the code."""
    record(
        action=action,
        actor_id=actor.user.pk if actor else None,
        role=actor.role if actor else "",
        obj=f"{LABEL}/{one.pk}",
        pupil_id=one.case.pupil_id,
        detail=detail,
    )
