"""Which councils, sessions and decisions somebody reaches. Everything that reads or changes one starts here."""

from uuid import UUID

from django.db.models import Q, QuerySet

from caseflow.council.enums import DecisionState, Side
from caseflow.council.models import Council, Decision, Evidence, Session
from caseflow.council.rules import CARRIERS, CHAIRS, READERS
from caseflow.directory.actors import Actor
from caseflow.directory.models import Agency

AROUND = ("session__council", "agency", "clock", "item")


def own_council(actor: Actor) -> Council | None:
    """The council of the actor's region, None where there is none yet."""
    return councils_of(actor).first()


def councils_of(actor: Actor) -> QuerySet[Council]:
    """The same as rows: at most one."""
    if actor.role not in READERS or actor.membership.region_id is None:
        return Council.objects.none()
    return Council.objects.filter(region=actor.membership.region_id)


def sessions_of(actor: Actor) -> QuerySet[Session]:
    """The sessions of the actor's council, the latest first."""
    return Session.objects.filter(council__in=councils_of(actor).values("pk")).select_related("council")


def decisions_of(actor: Actor) -> QuerySet[Decision]:
    """The decisions the actor may read: of the own council all, of an agency those that it carries out."""
    decisions = Decision.objects.select_related(*AROUND)
    if actor.role in CARRIERS:
        return decisions.filter(~Q(state=DecisionState.DRAFT), agency__isnull=False, agency=actor.membership.agency_id)
    return decisions.filter(session__council__in=councils_of(actor).values("pk"))


def evidence_of(actor: Actor, evidence_id: UUID) -> Evidence:
    """A file of a decision in reach. Raises Evidence.DoesNotExist."""
    within = decisions_of(actor).values("pk")
    found: Evidence = Evidence.objects.select_related("data_key").get(pk=evidence_id, step__decision__in=within)
    return found


def agencies_of(council: Council) -> QuerySet[Agency]:
    """The bodies of the region that can sit in its council or carry something out."""
    return Agency.objects.filter(region=council.region_id).select_related("district").order_by("kind", "name_ru")


def side_of(actor: Actor) -> Side | None:
    """As whom the actor moves decisions; None for those who only read."""
    if actor.role in CARRIERS:
        return Side.AGENCY
    return Side.CHAIR if actor.role in CHAIRS else None
