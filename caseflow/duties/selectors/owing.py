"""What agencies owe now: every overdue duty with whose it is. Exact, without kind, school or day of an event."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.alarms.selectors.overdue import untested
from caseflow.council.selectors.overdue import overdue_decisions
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, Region
from caseflow.duties.enums import DutyKind
from caseflow.duties.rules.bodies import OWED_BY, Body
from caseflow.incidents.enums import NEVER_BY_QUARTER, AssessmentKind
from caseflow.incidents.selectors.overdue import owed

TIERED = (AgencyKind.POLICE, AgencyKind.EDUCATION, AgencyKind.HEALTH, AgencyKind.GUARDIANSHIP)
ASSESSMENTS = {DutyKind.LEGAL: AssessmentKind.LEGAL, DutyKind.PSYCHOLOGICAL: AssessmentKind.PSYCHOLOGICAL}


@dataclass(frozen=True, slots=True)
class Owing:
    """An overdue duty. A decision has its number of the council, and its page for whoever may open that; the others are
    known by their clock."""

    kind: DutyKind
    body: Body
    clock: UUID
    due_at: datetime
    number: str = ""
    decision: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Of whom somebody sees the duties: of a whole region, or of one agency and those below it."""

    region: Region
    agency: Agency | None = None

    @property
    def kind(self) -> AgencyKind | None:
        """The kind of the agency; None for the whole region."""
        return AgencyKind(self.agency.kind) if self.agency else None

    @property
    def district(self) -> int | None:
        """Where the agency works; None for the whole region."""
        return self.agency.district_id if self.agency else None

    def has(self, body: Body) -> bool:
        """Whether that body's duties are seen."""
        if self.agency is None:
            return True
        own = body == Body(AgencyKind(self.agency.kind), self.agency.district_id)
        return own or (leads_below(self.agency) and body.kind == self.kind)

    def has_decision(self, agency: Agency) -> bool:
        """Whether a decision that this agency carries out is seen: the own ones, and of those below."""
        if self.agency is None or agency == self.agency:
            return True
        below = agency.district_id is not None and agency.kind == self.agency.kind
        return below and leads_below(self.agency)


def leads_below(agency: Agency) -> bool:
    """Whether an agency stands above those of its kind in the districts."""
    return agency.district_id is None and agency.kind in TIERED


def reach_of(actor: Actor) -> Reach | None:
    """The prosecutor sees all of the region; a head the own agency, of a whole region those below it too."""
    if actor.role == Role.PROSECUTOR and actor.membership.region:
        return Reach(actor.membership.region)
    agency = actor.membership.agency if actor.role == Role.AGENCY_HEAD else None
    return Reach(agency.region, agency) if agency else None


def owing(actor: Actor, reach: Reach, now: datetime) -> list[Owing]:
    """Every overdue duty that the actor sees, the longest overdue first. 4 queries.

    What is never told below region and year (self-harm) is left out for the prosecutor; whoever owes it sees it.
    """
    found = sorted(_all(actor, reach, now), key=lambda one: one.due_at)
    return [one for one in found if reach.has(one.body)]


def agencies_in(region: Region) -> dict[Body, list[Agency]]:
    """The agencies of a region by body. One query."""
    found: dict[Body, list[Agency]] = defaultdict(list)
    for agency in Agency.objects.filter(region=region).order_by("name_ru", "pk"):
        found[Body(AgencyKind(agency.kind), agency.district_id)].append(agency)
    return dict(found)


def _all(actor: Actor, reach: Reach, now: datetime) -> Iterator[Owing]:
    region = reach.region
    hidden = NEVER_BY_QUARTER if actor.role == Role.PROSECUTOR else ()
    for kind, assessment in ASSESSMENTS.items():
        for one in owed(region.pk, assessment, now=now, leave_out=hidden):
            yield Owing(kind, Body(OWED_BY[kind], one.district), one.clock, one.due_at)
    for test in untested(region.pk, now):
        yield Owing(DutyKind.TEST, Body(OWED_BY[DutyKind.TEST], test.district), test.clock, test.due_at)
    for decision in overdue_decisions(region.pk, now):
        agency, clock = decision.agency, decision.clock
        if agency and clock and reach.has_decision(agency):
            body = Body(AgencyKind(agency.kind), agency.district_id)
            label = f"{decision.number}/{decision.session.year}"
            page = decision.pk if reach.agency in (None, agency) else None
            yield Owing(DutyKind.DECISION, body, clock.pk, clock.due_at, label, page)
