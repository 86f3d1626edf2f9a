"""Councils for tests, made the way the product makes them. Everything is invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from caseflow.council.enums import Duty, Move, Presence, SessionKind
from caseflow.council.models import AgendaItem, Council, Decision, Member, Session
from caseflow.council.services import (
    Called,
    Drafted,
    Named,
    Point,
    Said,
    Seat,
    add_item,
    call_session,
    draft_decision,
    move_decision,
    open_session,
    seat_member,
    set_up,
    write_attendance,
)
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, Region
from tests.directory.factories import AgencyFactory, RegionFactory, actor


@dataclass
class Table:
    """A council with its chair, prosecutor, a member, and an agency with an officer."""

    region: Region
    chair: Actor
    prosecutor: Actor
    member: Actor
    agency: Agency
    officer: Actor
    council: Council


def table(region: Region | None = None) -> Table:
    """A council that was set up, with three seats."""
    region = region or RegionFactory.create()
    chair, prosecutor, member = (
        actor(role, region=region) for role in (Role.COUNCIL_CHAIR, Role.PROSECUTOR, Role.COUNCIL_MEMBER)
    )
    agency = AgencyFactory.create(region=region, district=None, kind=AgencyKind.POLICE)
    officer = actor(Role.AGENCY_OFFICER, agency=agency)
    council = set_up(prosecutor, Named("Үйлестіру кеңесі", "Координационный совет", "Coordination Council", 50))
    for who, duty in ((chair, Duty.CHAIR), (prosecutor, Duty.SECRETARY), (member, Duty.MEMBER)):
        seat = Seat(who.user.short_name, "Должность", duty, date(2024, 1, 1), agency.pk, who.user.pk)
        seat_member(prosecutor, seat)
    return Table(region, chair, prosecutor, member, agency, officer, council)


def called(at: Table, **facts: Any) -> Session:
    """A session that is planned for today."""
    given: dict[str, Any] = {"kind": SessionKind.ORDINARY, "starts_at": timezone.now(), "place": "Акимат, зал 2"}
    return call_session(at.prosecutor, Called(**(given | facts)))


def held(at: Table) -> Session:
    """A session that is open now."""
    return open_session(at.prosecutor, called(at).pk)


def point_of(at: Table, session: Session, title: str = "О работе инспекторов") -> AgendaItem:
    return add_item(at.prosecutor, session.pk, Point(title, at.agency.pk))


def drafted(at: Table, session: Session, **facts: Any) -> Decision:
    """A draft with everything that an approval needs."""
    given: dict[str, Any] = {
        "text": "Назначить дежурного инспектора в каждом районе",
        "agency": at.agency.pk,
        "person": "Начальник департамента",
        "due_on": timezone.localdate() + timedelta(days=14),
    }
    return draft_decision(at.prosecutor, session.pk, Drafted(**(given | facts)))


def approved(at: Table, session: Session | None = None, **facts: Any) -> Decision:
    """A decision that is carried out."""
    session = session or held(at)
    everybody_there(at, session)
    return move_decision(at.chair, drafted(at, session, **facts).pk, Move.APPROVE)


def everybody_there(at: Table, session: Session) -> None:
    """All members are at the session."""
    members = Member.objects.filter(council=at.council, until=None)
    write_attendance(at.prosecutor, session.pk, {member.pk: (Presence.PRESENT, "") for member in members})


def moved(who: Actor, decision: Decision, move: Move, words: str = "Сделано", **facts: Any) -> Decision:
    return move_decision(who, decision.pk, move, Said(words, **facts))
