"""Who hears of sessions and decisions."""

from typing import TYPE_CHECKING

from django.urls import reverse

from caseflow.council.enums import Move
from caseflow.council.models import Decision, Session
from caseflow.council.selectors.people import carriers_of, readers_of, steerers_of
from caseflow.directory.actors import Actor
from notifications.enums import AlertKind
from notifications.services import alert

if TYPE_CHECKING:
    from notifications.texts import Params

TO_COUNCIL = frozenset({Move.REPORT, Move.ASK_LONGER})
TO_AGENCY = frozenset({Move.ACCEPT, Move.RETURN, Move.GIVE_LONGER, Move.REFUSE_LONGER, Move.LIFT})


def tell_of_session(actor: Actor, session: Session, kind: AlertKind) -> None:
    """The members who sign in here learn that a session was called, changed or called off."""
    params: Params = {"due": session.starts_at.isoformat(), "school": session.council.names}
    url = reverse("council:session", args=[session.pk])
    alert(recipients=readers_of(session, without=actor.user.pk), kind=kind, params=params, url=url)


def tell_of_move(decision: Decision, move: Move) -> None:
    """The other side learns of a move; progress waits until somebody looks."""
    if move == Move.APPROVE:
        params = {"number": label(decision), "due": decision.clock.due_at.isoformat() if decision.clock else ""}
        alert(recipients=carriers_of(decision), kind=AlertKind.COUNCIL_DECISION, params=params, url=page(decision))
        return
    people = steerers_of(decision) if move in TO_COUNCIL else carriers_of(decision) if move in TO_AGENCY else []
    said = {"number": label(decision), "reason": f"council_{move}"}
    alert(recipients=people, kind=AlertKind.COUNCIL_MOVE, params=said, url=page(decision))


def label(decision: Decision) -> str:
    """«4/2026», as everybody calls it."""
    return f"{decision.number}/{decision.session.year}"


def page(decision: Decision) -> str:
    return reverse("council:decision", args=[decision.pk])
