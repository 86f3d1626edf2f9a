"""What the police of a territory see of a report: as little as the legal assessment needs."""

from dataclasses import dataclass

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.selectors.reading import SHOWN, words_of
from caseflow.incidents.selectors.scope import concerning


@dataclass(frozen=True, slots=True)
class PartyView:
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class LegalView:
    """A report addressed to an agency: only those harmed by violence are named, everybody else is counted, with their
    class. Talk of self-harm, a conflict and the like can be assessed without a name."""

    incident: Incident
    words: str
    parties: tuple[PartyView, ...]


def addressed_to(actor: Actor) -> QuerySet[Incident]:
    """The reports of the schools in the territory of the actor's police agency; none that the officer or the officer's
    child is a party to (rule 10b)."""
    agency = actor.membership.agency
    if actor.role != Role.AGENCY_OFFICER or agency is None or agency.kind != AgencyKind.POLICE:
        return Incident.objects.none()
    asked = Incident.objects.filter(school__in=actor.schools(), triage_item__legal_clock__isnull=False)
    still = asked.filter(Q(merged_into=None) | Q(legal_assessment__isnull=False))
    found = still.filter(~Exists(concerning(actor, "pk")))
    return found.select_related(*SHOWN, "legal_assessment").order_by("triage_item__legal_clock__due_at", "pk")


def waiting_for_agency(actor: Actor, *, done: bool) -> QuerySet[Incident]:
    """Of `addressed_to` those that wait for the assessment, or those that have it."""
    waiting = addressed_to(actor).filter(legal_assessment__isnull=not done)
    return waiting.select_related("triage_item__legal_clock__missed_number")


def as_addressed(incident: Incident) -> LegalView:
    """One report as the agency may read it. Raises VaultError."""
    parties = list(incident.parties.select_related("pupil__school_class"))
    named = {party.pk for party in parties if incident.violence and party.role == PartyRole.HARMED}
    others = [party for party in parties if party.pupil_id and party.pk not in named]
    numbers = {party.pk: number for number, party in enumerate(others, start=1)}
    views = tuple(PartyView(party.get_role_display(), _label(party, numbers.get(party.pk))) for party in parties)
    return LegalView(incident, words_of(incident), views)


def _label(party: Party, number: int | None) -> str:
    pupil = party.pupil
    if party.employee_id is not None:
        return _("Employee of the school")
    if pupil is None:
        return _("Person not known")
    facts = {"class": pupil.school_class or _("no class"), "number": number or 0, "name": pupil.full_name}
    if number is None:
        return _("%(name)s, %(class)s") % facts
    return _("Pupil %(number)s, %(class)s") % facts
