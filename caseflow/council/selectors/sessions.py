"""A session laid out: its agenda with decisions, who is there, and what it lacks before it can be closed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from caseflow.council.enums import DecisionState, SessionState
from caseflow.council.models import AgendaItem, Attendance, Decision, Member, Session
from caseflow.council.rules import CHAIRS, STEERERS, Standing, can_change, has_quorum, missing_to_close
from caseflow.council.selectors.minutes import first_days_of, is_unchanged
from caseflow.council.selectors.people import members_on
from caseflow.council.selectors.scope import sessions_of
from caseflow.directory.actors import Actor


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A point of the agenda with what was decided on it."""

    item: AgendaItem
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member and whether they are there; None while nobody has said so."""

    member: Member
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class SessionFile:
    """Everything on the page of a session. `others` are decisions that belong to no point. `lacks` are codes."""

    session: Session
    items: tuple[ItemRow, ...]
    others: tuple[Decision, ...]
    members: tuple[MemberRow, ...]
    lacks: tuple[str, ...]
    may_write: bool
    may_close: bool
    unchanged: bool

    @property
    def there(self) -> int:
        return sum(row.attendance is not None and row.attendance.presence != "absent" for row in self.members)


def session_list(actor: Actor) -> QuerySet[Session]:
    """The sessions of the actor's council with how many points and approved decisions each has."""
    approved = Count("decisions", filter=~Q(decisions__state=DecisionState.DRAFT), distinct=True)
    counted: QuerySet[Session] = sessions_of(actor).annotate(points=Count("items", distinct=True), decided=approved)
    return counted.order_by("-starts_at", "pk")


def session_file(actor: Actor, session_id: UUID) -> SessionFile:
    """A session for somebody of the council. Raises Session.DoesNotExist.

    As many queries for one point as for twenty.
    """
    session = session_list(actor).select_related("council__region", "called_by", "closed_by").get(pk=session_id)
    items = list(AgendaItem.objects.filter(session=session).select_related("agency"))
    decisions = list(Decision.objects.filter(session=session).select_related("agency", "clock", "session"))
    of_item: defaultdict[Any, list[Decision]] = defaultdict(list)
    first_days = first_days_of(session) if session.state == SessionState.CLOSED else {}
    for decision in decisions:
        decision.due_on = first_days.get(decision.pk, decision.due_on)  # the minutes keep the day that was decided
        of_item[decision.item_id].append(decision)
    members = _members(session)
    writes = actor.role in STEERERS
    return SessionFile(
        session=session,
        items=tuple(ItemRow(item, tuple(of_item.get(item.pk, ()))) for item in items),
        others=tuple(of_item.get(None, ())),
        members=members,
        lacks=_lacks(session, items, decisions, members) if session.state == SessionState.HELD else (),
        may_write=writes and can_change(session.state),
        may_close=actor.role in CHAIRS and session.state == SessionState.HELD,
        unchanged=session.state != SessionState.CLOSED or is_unchanged(session),
    )


def lacks_of(session: Session) -> tuple[str, ...]:
    """What is missing before the session can be closed, as codes."""
    items = list(AgendaItem.objects.filter(session=session))
    decisions = list(Decision.objects.filter(session=session))
    return _lacks(session, items, decisions, _members(session))


def may_decide(session: Session) -> bool:
    """Whether it is known who is there, and that they are enough to decide."""
    members = _members(session)
    presences = [row.attendance.presence for row in members if row.attendance]
    return len(presences) == len(members) and has_quorum(presences, session.council.quorum_percent)


def _members(session: Session) -> tuple[MemberRow, ...]:
    """Who sits in the council on its day; of a closed session whoever was counted then, whatever was entered since."""
    counted = Attendance.objects.filter(session=session).select_related("member__agency", "member__user")
    if session.state == SessionState.CLOSED:
        return tuple(MemberRow(one.member, one) for one in counted)
    there = {one.member_id: one for one in counted}
    members = members_on(session.council, timezone.localdate(session.starts_at))
    return tuple(MemberRow(member, there.get(member.pk)) for member in members)


def _lacks(
    session: Session, items: Sequence[AgendaItem], decisions: Sequence[Decision], members: Sequence[MemberRow]
) -> tuple[str, ...]:
    presences = [row.attendance.presence for row in members if row.attendance]
    drafts = sum(one.state == DecisionState.DRAFT for one in decisions)
    standing = sum(one.state not in (DecisionState.DRAFT, DecisionState.LIFTED) for one in decisions)
    return missing_to_close(
        Standing(
            items=len(items),
            unheard=sum(not item.heard for item in items),
            members=len(members),
            unknown=len(members) - len(presences),
            quorum=has_quorum(presences, session.council.quorum_percent),
            drafts=drafts,
            approved=standing,
        )
    )
