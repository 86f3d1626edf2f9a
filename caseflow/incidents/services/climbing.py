"""Who is told when a clock of a report was missed: the head of the school and the police of the territory."""

from collections.abc import Callable, Iterator
from typing import Final
from uuid import UUID

from django.urls import reverse

from caseflow.clocks.services import number_of
from caseflow.clocks.watchers import Said, Told
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import WITH_UNIT, members_of_region, members_of_school
from caseflow.incidents.enums import NEVER_BY_QUARTER
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors.overdue import owed_in
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services.checking import users_concerned
from caseflow.incidents.services.telling import police_officers
from caseflow.triage.services.climbing import targets_of
from notifications.enums import AlertKind

SHOWN = ("school__district__region", "triage_item__school__district", "triage_item__legal_clock")


def _officers(incident: Incident) -> list[Membership]:
    return list(police_officers(incident).filter(agency__district__isnull=False))


def _officers_above(incident: Incident) -> list[Membership]:
    return list(police_officers(incident).filter(agency__district=None))


OFFICERS: dict[str, Callable[[Incident], list[Membership]]] = {
    "agency:agency_officer": _officers,
    "agency_above:agency_officer": _officers_above,
}
HEADS: Final = {"agency:agency_head": False, "agency_above:agency_head": True}
PROSECUTOR: Final = "region:prosecutor"


def targets_of_legal_clock(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Whom of the targets a missed legal assessment reaches; none that is a party or a parent (rule 10b).

    Officers are led to the report. Heads and prosecutors hear how many are overdue, and a number (rule 22); prosecutors
    never of self-harm.
    """
    asked, url = sorted(targets & OFFICERS.keys()), reverse("incidents:legal")
    found = []
    for incident in Incident.objects.filter(triage_item__legal_clock=clock_id).select_related(*SHOWN):
        found += [Told(target, who.user_id, who.pk, url) for target in asked for who in OFFICERS[target](incident)]
        found += _told_by_number(incident, clock_id, targets)
    return found


def _told_by_number(incident: Incident, clock_id: UUID, targets: frozenset[str]) -> Iterator[Told]:
    url = reverse("duties:desk")
    for target in sorted(targets & HEADS.keys()):
        above = HEADS[target]
        for head in police_officers(incident, Role.AGENCY_HEAD).filter(agency__district__isnull=above):
            names = head.agency.names if head.agency else {}
            yield Told(target, head.user_id, head.pk, url, _said(clock_id, owed_in(incident, above=above), names))
    if PROSECUTOR in targets and incident.category not in NEVER_BY_QUARTER:
        count = owed_in(incident, above=True, leave_out=NEVER_BY_QUARTER)
        region = incident.school.district.region
        concerned = users_concerned(incident.parties.all())
        for who in members_of_region(region, [Role.PROSECUTOR]).exclude(user__in=concerned):
            yield Told(PROSECUTOR, who.user_id, who.pk, url, _said(clock_id, count, region.names))


def _said(clock_id: UUID, count: int, names: dict[str, str]) -> Said:
    return Said(AlertKind.DUTY_OVERDUE, {"count": count, "number": number_of(clock_id), "school": names})


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
