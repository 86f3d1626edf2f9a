"""What a reporter is shown of the own reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.directory.rules import still_here
from caseflow.directory.selectors import leads_over_school, members_of_school
from caseflow.incidents.enums import PartyRole, ReportState
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors import own_reports
from caseflow.incidents.selectors.reading import state_of
from caseflow.incidents.services.checking import PartySaid
from caseflow.triage.enums import Audience


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A row of the report form; without a pupil it is a person not known."""

    role: PartyRole
    pupil: Pupil | None = None


@dataclass(frozen=True, slots=True)
class OwnRow:
    incident: Incident
    state: ReportState


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is said after sending: the number, who reads the report and by when."""

    incident: Incident
    by_lead: bool
    readers: tuple[str, ...]
    due_at: datetime


def party_rows(actor: Actor, parties: Sequence[PartySaid]) -> list[PartyRow]:
    """The people of a report as rows of its form; a pupil of another school becomes a person not known."""
    named = [said.pupil_id for said in parties if said.pupil_id]
    pupils = Pupil.objects.filter(still_here(), pk__in=named, school__in=actor.schools())
    known = {pupil.pk: pupil for pupil in pupils.select_related("school_class")}
    return [PartyRow(said.role, known.get(said.pupil_id) if said.pupil_id else None) for said in parties]


def own_rows(incidents: Iterable[Incident]) -> list[OwnRow]:
    """Own reports with what the reporter is told of each."""
    return [OwnRow(incident, state_of(incident)) for incident in incidents]


@transaction.atomic
def receipt_of(actor: Actor, incident_id: UUID) -> Receipt:
    """The receipt of an own report. Raises Incident.DoesNotExist for somebody else's."""
    incident = own_reports(actor).get(pk=incident_id)
    item = incident.triage_item
    by_lead = item.audience == Audience.LEAD
    readers = leads_over_school(incident.school)
    if not by_lead:
        readers = members_of_school(incident.school, [Role.PSYCHOLOGIST])
    names = [membership.user.short_name for membership in readers.select_related("user")]
    return Receipt(incident, by_lead, tuple(names), item.psych_clock.due_at)
