"""Who is told when a clock of a report was missed: the head of the school and the police of the territory."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

from caseflow.clocks.watchers import Told
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import WITH_UNIT, members_of_school
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services.telling import police_officers
from caseflow.triage.services.climbing import targets_of

SHOWN = ("school__district", "triage_item__school__district")


def _officers(incident: Incident) -> list[Membership]:
    return list(police_officers(incident).filter(agency__district__isnull=False))


def _officers_above(incident: Incident) -> list[Membership]:
    return list(police_officers(incident).filter(agency__district=None))


OFFICERS: dict[str, Callable[[Incident], list[Membership]]] = {
    "agency:agency_officer": _officers,
    "agency_above:agency_officer": _officers_above,
}


def targets_of_legal_clock(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """The officers among the targets of a missed legal assessment; none that is a party or a parent (rule 10b)."""
    asked, url = sorted(targets & OFFICERS.keys()), reverse("incidents:legal")
    incidents = Incident.objects.filter(triage_item__legal_clock=clock_id).select_related(*SHOWN)
    return [
        Told(target, who.user_id, who.pk, url)
        for incident in incidents
        for target in asked
        for who in OFFICERS[target](incident)
    ]


def targets_of_police_clock(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Who is told that the police have not been informed: the head of the school where the report may be read there,
    psychologists and leads."""
    found = []
    for incident in Incident.objects.filter(police_clock=clock_id).select_related(*SHOWN):
        url = reverse("incidents:detail", args=[incident.pk])
        heads = _heads(incident) if "school:principal" in targets else []
        found += [Told("school:principal", who.user_id, who.pk, url) for who in heads]
        found += targets_of(incident.triage_item, targets, url)
    return found


def _heads(incident: Incident) -> list[Membership]:
    heads = members_of_school(incident.school, [Role.PRINCIPAL]).select_related(*WITH_UNIT, "user")
    return [who for who in heads if scoped_incidents(Actor(who.user, who)).filter(pk=incident.pk).exists()]
