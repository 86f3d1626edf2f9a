"""Which reports may tell of the same event, and where their parties contradict each other."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from caseflow.directory.actors import Actor
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.triage.enums import ItemState

NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class RoleConflict:
    """Somebody whom two reports name in different parts; `theirs` belongs to the report that goes on."""

    party: Party
    theirs: Party


@dataclass(frozen=True, slots=True)
class Joining:
    """What becomes of the parties of a merged report in the one that goes on."""

    new: tuple[Party, ...]
    conflicts: tuple[RoleConflict, ...]
    same: tuple[RoleConflict, ...]


def deciding_scope(actor: Actor) -> QuerySet[Incident]:
    """The reports about which the actor decides. Raises Incident.DoesNotExist for a role that decides on none."""
    if actor.role not in DECIDERS:
        raise Incident.DoesNotExist
    return scoped_incidents(actor)


def mergeable(actor: Actor, incident: Incident) -> list[Incident]:
    """The reports of the same school, two weeks around, that this one can be merged into; the nearest in time first."""
    when = incident.occurred_at or incident.created_at
    around = (
        deciding_scope(actor)
        .annotate(when=Coalesce("occurred_at", "created_at"))
        .filter(
            school=incident.school_id,
            about_staff=incident.about_staff,
            merged_into=None,
            when__range=(when - NEAR, when + NEAR),
        )
    )
    open_ones = around.exclude(pk=incident.pk).exclude(triage_item__state=ItemState.DISMISSED)
    found = open_ones.prefetch_related("parties__pupil__school_class", "parties__employee")
    return sorted(found, key=lambda other: abs((other.occurred_at or other.created_at) - when))


def joining(merged: Incident, into: Incident) -> Joining:
    """How the parties of `merged` join those of `into`. Persons not known are joined as far as they are more."""
    theirs = list(into.parties.select_related("pupil", "employee"))
    known = {_who(party): party for party in theirs if _who(party)}
    strangers = Counter(party.role for party in theirs if not _who(party))
    new, met = [], []
    for party in merged.parties.select_related("pupil", "employee"):
        if _who(party) in known:
            met.append(RoleConflict(party, known[_who(party)]))
        elif _who(party) or not strangers[party.role]:
            new.append(party)
        else:
            strangers[party.role] -= 1
    differ = [pair for pair in met if pair.party.role != pair.theirs.role]
    return Joining(tuple(new), tuple(differ), tuple(pair for pair in met if pair not in differ))


def chosen_roles(found: Joining, roles: dict[UUID, PartyRole]) -> dict[UUID, PartyRole] | None:
    """The chosen part of everybody the reports disagree about, by the party that goes on; None while one is missing."""
    wanted = {pair.theirs.pk: roles.get(pair.party.pk) for pair in found.conflicts}
    return None if None in wanted.values() else {pk: role for pk, role in wanted.items() if role}


def _who(party: Party) -> UUID | int | None:
    return party.pupil_id or party.employee_id
