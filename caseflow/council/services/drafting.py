"""Decisions before they are approved: written, changed, dropped by whoever prepares the session."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.council.enums import DecisionState, SessionState
from caseflow.council.limits import LONGEST_NAME, LONGEST_TEXT
from caseflow.council.models import Decision, Session
from caseflow.council.rules import CouncilRefused
from caseflow.council.selectors.scope import agencies_of
from caseflow.council.services.holding import hold_session, log, said
from caseflow.directory.actors import Actor

OPEN = (SessionState.PLANNED, SessionState.HELD)


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a decision is to say. A draft may still lack agency, person and day; `item` is a point of the agenda."""

    text: str
    agency: int | None = None
    person: str = ""
    due_on: date | None = None
    item: UUID | None = None


@transaction.atomic
def draft_decision(actor: Actor, session_id: UUID, drafted: Drafted) -> Decision:
    """Write a decision that waits to be approved. Raises Session.DoesNotExist, CouncilRefused."""
    session = hold_session(actor, session_id, *OPEN)
    decision = Decision.objects.create(
        session=session, written_by=actor.user, written_at=timezone.now(), **_facts(session, drafted)
    )
    log(actor, "council_decision_drafted", decision)
    return decision


@transaction.atomic
def change_draft(actor: Actor, decision_id: UUID, drafted: Drafted) -> Decision:
    """Say it otherwise. Raises Decision.DoesNotExist, CouncilRefused (approved already)."""
    decision = _draft(actor, decision_id, *OPEN)
    facts = _facts(decision.session, drafted)
    for name, value in facts.items():
        setattr(decision, name, value)
    decision.save(update_fields=list(facts))
    log(actor, "council_decision_drafted", decision)
    return decision


@transaction.atomic
def drop_draft(actor: Actor, decision_id: UUID) -> Session:
    """Forget a draft. Raises Decision.DoesNotExist, CouncilRefused."""
    decision = _draft(actor, decision_id, *OPEN, SessionState.CALLED_OFF)
    log(actor, "council_decision_dropped", decision)
    decision.delete()
    return decision.session


def _draft(actor: Actor, decision_id: UUID, *states: SessionState) -> Decision:
    """A draft with its session, both locked."""
    decision = Decision.objects.only("session_id").get(pk=decision_id)
    try:
        session = hold_session(actor, decision.session_id, *states)
    except Session.DoesNotExist:
        raise Decision.DoesNotExist from None
    decision = Decision.objects.select_for_update(no_key=True).get(pk=decision_id)
    if decision.state != DecisionState.DRAFT:
        raise CouncilRefused(gettext("The decision is approved: its text does not change any more."))
    decision.session = session
    return decision


def _facts(session: Session, drafted: Drafted) -> dict[str, object]:
    if drafted.agency is not None and not agencies_of(session.council).filter(pk=drafted.agency).exists():
        raise CouncilRefused(gettext("This body is not of the region."))
    if drafted.item is not None and not session.items.filter(pk=drafted.item).exists():
        raise CouncilRefused(gettext("This point is not on the agenda of the session."))
    return {
        "text": said(drafted.text, LONGEST_TEXT, gettext("Write what is decided.")),
        "agency_id": drafted.agency,
        "person": drafted.person.strip()[:LONGEST_NAME],
        "due_on": drafted.due_on,
        "item_id": drafted.item,
    }
