"""The council of the first region, and one of the other region.

council_session    OWN is held, with a point of the agenda; CLOSED is closed; OTHER_SCHOOL is held in the other region.
council_planned    OWN is called for today.
council_point      a point of these sessions.
council_motion     a draft of a decision of the session that is held.
council_decision   OWN is carried out by the officer's agency, ASSIGNED by another one of the region; CLOSED is done.
council_proof      a file that proves progress with a decision.
council_seat       a member of the council.
duty_body          whoever owes something: OWN is the police of the district, ASSIGNED those who run its schools.
"""

from django.utils import timezone

from caseflow.council.enums import Move, Presence
from caseflow.council.models import AgendaItem, Decision, Evidence, Member, Session
from caseflow.council.services import Proof, close_session, write_attendance, write_heard
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.duties.rules.bodies import Body
from tests.access.cells import ASSIGNED, CLOSED, OTHER_SCHOOL, OWN
from tests.access.places import Places, Thing, Things
from tests.council.factories import Table, approved, called, drafted, held, moved, point_of, table
from tests.directory.factories import AgencyFactory, actor

KINDS = ("council_session", "council_point", "council_motion", "council_decision", "council_proof", "council_seat")


def fill(places: Places) -> None:
    """Make the objects of this module."""
    chair, officer = places[Role.COUNCIL_CHAIR], places[Role.AGENCY_OFFICER]
    region, agency = chair.membership.region, officer.membership.agency
    assert region is not None
    assert agency is not None
    here = table(region)
    here.chair, here.prosecutor, here.agency, here.officer = chair, places[Role.PROSECUTOR], agency, officer
    there = table(places.there.school.district.region)
    made: dict[str, Things] = {kind: {} for kind in KINDS}
    for relation, at in ((OWN, here), (OTHER_SCHOOL, there)):
        for kind, thing in _of(at).items():
            made[kind][relation] = thing
    closed = _closed(here)
    made["council_session"][CLOSED], made["council_point"][CLOSED] = {"pk": closed.pk}, _point(closed.items.get())
    made["council_decision"][CLOSED] = _moving(closed.decisions.get())
    other = _other_agency(here)
    made["council_decision"][ASSIGNED] = _moving(other)
    made["council_proof"][ASSIGNED] = {"pk": Evidence.objects.get(step__decision=other).pk}
    places.things.update(made)
    places.things["duty_body"] = _bodies(places)
    places.things["council_planned"] = {OWN: {"pk": called(here).pk}, OTHER_SCHOOL: {"pk": called(there).pk}}


def _bodies(places: Places) -> Things:
    """An agency that owes something in each region; `pk` is the same for the API."""
    owing = ((OWN, places.here, AgencyKind.POLICE), (ASSIGNED, places.here, AgencyKind.EDUCATION))
    made: Things = {}
    for relation, unit, kind in (*owing, (OTHER_SCHOOL, places.there, AgencyKind.POLICE)):
        district = unit.school.district
        AgencyFactory.create(kind=kind, region=district.region, district=district)
        made[relation] = {"code": Body(kind, district.pk).code}
    return made


def _of(at: Table) -> dict[str, Thing]:
    session = held(at)
    decision = _proved(at.officer, approved(at, session))
    return {
        "council_session": {"pk": session.pk},
        "council_point": _point(point_of(at, session)),
        "council_motion": {"pk": drafted(at, session).pk},
        "council_decision": _moving(decision),
        "council_proof": {"pk": Evidence.objects.get(step__decision=decision).pk},
        "council_seat": {"pk": Member.objects.filter(council=at.council).order_by("pk").last().pk},  # type: ignore[union-attr]
    }


def _closed(at: Table) -> Session:
    session = held(at)
    item = point_of(at, session)
    decision = approved(at, session, item=item.pk)
    write_heard(at.prosecutor, item.pk, "Заслушано")
    members = Member.objects.filter(council=at.council, since__lte=timezone.localdate())
    write_attendance(at.prosecutor, session.pk, {member.pk: (Presence.PRESENT, "") for member in members})
    moved(at.officer, decision, Move.REPORT)
    moved(at.chair, decision, Move.ACCEPT)
    return close_session(at.chair, session.pk)


def _other_agency(at: Table) -> Decision:
    agency = AgencyFactory.create(region=at.region)
    officer = actor(Role.AGENCY_OFFICER, agency=agency)
    return _proved(officer, approved(at, agency=agency.pk))


def _proved(officer: Actor, decision: Decision) -> Decision:
    return moved(officer, decision, Move.PROGRESS, files=[Proof("Приказ.txt", "Назначить".encode())])


def _moving(decision: Decision) -> Thing:
    return {"pk": decision.pk, "move": Move.LIFT.value}


def _point(item: AgendaItem) -> Thing:
    return {"pk": item.pk, "way": "up"}
