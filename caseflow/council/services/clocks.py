"""Who is reminded of a decision, and who hears that it was not carried out in time."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from caseflow.clocks.matters import Look
from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.clocks.watchers import Told
from caseflow.council.enums import DecisionState
from caseflow.council.models import Decision
from caseflow.council.selectors.people import Pairs, carriers_of
from caseflow.council.selectors.scope import AROUND, decisions_of
from caseflow.council.services.telling import page
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.selectors import members_of_region, officers_of, recipients
from notifications.enums import AlertKind


def remind_of_decision(clock_ids: list[UUID]) -> None:
    """Remind the officers of the agency whose day is near; the ladder tells of a missed one."""
    for clock in Clock.objects.filter(pk__in=clock_ids, escalated_at=None).select_related("region"):
        for decision in _running([clock.pk]):
            tell_of_deadline(
                clock,
                carriers_of(decision),
                kind=AlertKind.DEADLINE_NEAR,
                params={"clock": clock.code, "due": clock.due_at.isoformat(), "school": clock.place.names},
                url=page(decision),
            )


def targets_of_decision(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Those of `targets` who hear of a missed decision."""
    return [
        Told(target, user, membership, page(decision))
        for decision in _running([clock_id])
        for target in sorted(targets)
        for user, membership in _people(decision, target)
    ]


def looks_at_decisions(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who carries it out; the page for those who may read it."""
    mine = set(decisions_of(actor).filter(clock__in=clock_ids).values_list("pk", flat=True))
    return {
        one.clock_id: Look(str(one.agency), page(one) if one.pk in mine else "")
        for one in _running(clock_ids)
        if one.clock_id
    }


def _running(clock_ids: Collection[UUID]) -> QuerySet[Decision]:
    return Decision.objects.filter(clock__in=clock_ids, state=DecisionState.RUNNING).select_related(
        *AROUND, "session__council__region"
    )


TO_AGENCY = {"agency:agency_officer": Role.AGENCY_OFFICER, "agency:agency_head": Role.AGENCY_HEAD}


def _carriers(decision: Decision, role: Role) -> Pairs:
    return recipients(officers_of(decision.agency).filter(role=role)) if decision.agency else []


def _people(decision: Decision, target: str) -> Pairs:
    if target in TO_AGENCY:
        return _carriers(decision, TO_AGENCY[target])
    level, _, role = target.partition(":")
    if level != "region" or role not in Role:
        return []
    return recipients(members_of_region(decision.session.council.region, [Role(role)]))
