"""Locking what is changed, and writing down who changed it."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.council.enums import SessionState
from caseflow.council.models import Council, Decision, Session
from caseflow.council.rules import STEERERS, CouncilRefused
from caseflow.council.selectors.scope import councils_of, decisions_of, sessions_of
from caseflow.directory.actors import Actor

Row = TypeVar("Row", Council, Session)


def hold_council(actor: Actor) -> Council:
    """The actor's council, locked: numbers are given one after the other. Raises Council.DoesNotExist."""
    return _steered(actor, councils_of(actor)).select_for_update(no_key=True).get()


def hold_session(actor: Actor, session_id: UUID, *states: SessionState) -> Session:
    """A session in one of these states, locked. Raises Session.DoesNotExist, CouncilRefused."""
    found = _steered(actor, sessions_of(actor)).select_for_update(of=("self",), no_key=True)
    session: Session = found.get(pk=session_id)
    if session.state not in states:
        said = {"state": session.get_state_display()}
        raise CouncilRefused(gettext("The session is %(state)s: this is not possible any more, or not yet.") % said)
    return session


def hold_decision(actor: Actor, decision_id: UUID) -> Decision:
    """A decision in the actor's reach, locked. Raises Decision.DoesNotExist."""
    return decisions_of(actor).select_for_update(of=("self",), no_key=True).get(pk=decision_id)


def log(actor: Actor, action: str, obj: Council | Session | Decision, **detail: object) -> None:
    """Write into the access log, in the caller's transaction."""
    what = f"council.{type(obj).__name__}/{obj.pk}"
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=what, detail=detail)


def said(text: str, most: int, what: str) -> str:
    """The text without spaces around it. Raises CouncilRefused for none, or for more than `most` characters."""
    clean = text.strip()
    if not clean:
        raise CouncilRefused(what)
    if len(clean) > most:
        raise CouncilRefused(gettext("%(most)s characters at most.") % {"most": most})
    return clean


def _steered(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows if actor.role in STEERERS else rows.none()
