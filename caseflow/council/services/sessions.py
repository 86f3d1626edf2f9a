"""Calling a session, changing it, calling it off, opening it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.council.enums import SessionKind, SessionState
from caseflow.council.limits import LONGEST_TITLE
from caseflow.council.models import Council, Session
from caseflow.council.rules import CouncilRefused
from caseflow.council.services.holding import hold_council, hold_session, log, said
from caseflow.council.services.telling import tell_of_session
from caseflow.directory.actors import Actor
from notifications.enums import AlertKind


@dataclass(frozen=True, slots=True)
class Called:
    """When and where a session is held."""

    kind: str
    starts_at: datetime
    place: str


@transaction.atomic
def call_session(actor: Actor, called: Called) -> Session:
    """Call a session; the members learn of it. Raises Council.DoesNotExist, CouncilRefused (a time that is over)."""
    council = hold_council(actor)
    _refuse_past(called.starts_at)
    year = timezone.localdate(called.starts_at).year
    session = Session.objects.create(
        council=council,
        year=year,
        number=_next_number(council, year),
        kind=SessionKind(called.kind),
        starts_at=called.starts_at,
        place=called.place.strip(),
        called_by=actor.user,
        called_at=timezone.now(),
    )
    log(actor, "council_session_called", session)
    tell_of_session(actor, session, AlertKind.COUNCIL_SESSION)
    return session


@transaction.atomic
def change_session(actor: Actor, session_id: UUID, called: Called) -> Session:
    """Another time or place; the members learn of it. Raises Session.DoesNotExist, CouncilRefused."""
    council = hold_council(actor)
    session = hold_session(actor, session_id, SessionState.PLANNED)
    _refuse_past(called.starts_at)
    year = timezone.localdate(called.starts_at).year
    if year != session.year:
        session.year, session.number = year, _next_number(council, year)
    session.kind, session.starts_at, session.place = SessionKind(called.kind), called.starts_at, called.place.strip()
    session.save(update_fields=["year", "number", "kind", "starts_at", "place"])
    log(actor, "council_session_changed", session)
    tell_of_session(actor, session, AlertKind.COUNCIL_SESSION)
    return session


@transaction.atomic
def call_off(actor: Actor, session_id: UUID, reason: str) -> Session:
    """Call a planned session off; the members learn of it. Raises Session.DoesNotExist, CouncilRefused (no reason)."""
    session = hold_session(actor, session_id, SessionState.PLANNED)
    session.reason = said(reason, LONGEST_TITLE, gettext("Say why the session is called off."))
    session.state = SessionState.CALLED_OFF
    session.save(update_fields=["state", "reason"])
    log(actor, "council_session_called_off", session)
    tell_of_session(actor, session, AlertKind.COUNCIL_SESSION_OFF)
    return session


@transaction.atomic
def open_session(actor: Actor, session_id: UUID) -> Session:
    """Begin it: from now on attendance and minutes are written, and decisions can be approved. Raises
    Session.DoesNotExist, CouncilRefused (before its day)."""
    session = hold_session(actor, session_id, SessionState.PLANNED)
    now = timezone.now()
    if timezone.localdate(session.starts_at) > timezone.localdate(now):
        raise CouncilRefused(gettext("A session begins on its day. Change its time first."))
    session.state, session.begun_at = SessionState.HELD, now
    session.save(update_fields=["state", "begun_at"])
    log(actor, "council_session_begun", session)
    return session


def _refuse_past(starts_at: datetime) -> None:
    if timezone.localdate(starts_at) < timezone.localdate():
        raise CouncilRefused(gettext("A session is called for today or later."))


def _next_number(council: Council, year: int) -> int:
    last = Session.objects.filter(council=council, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
