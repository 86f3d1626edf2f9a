from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.clocks.models import Clock
from caseflow.clocks.services import stop_clock, tell_of_deadline
from caseflow.directory.actors import Actor
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.rules import DECIDERS, POLICE_INFORMERS
from caseflow.incidents.rules.duties import DUTIES
from caseflow.incidents.selectors.reading import SHOWN, Detail, detail_of
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services.checking import AlreadyInformedError, BadReportError
from caseflow.incidents.services.duties import settle_duties
from caseflow.incidents.services.home import log_home
from caseflow.triage.services.filing import deciders, leads_who_may_know
from notifications.enums import AlertKind


@transaction.atomic
def open_incident(actor: Actor, incident_id: UUID) -> Detail:
    """Show one report and record that it was read. Raises Incident.DoesNotExist outside the actor's scope."""
    incident = scoped_incidents(actor).select_related(*SHOWN, *DUTIES).get(pk=incident_id)
    _log(actor, "read", incident)
    detail = detail_of(actor, incident)
    if detail.home:
        log_home(actor, "read", incident)
    return detail


@transaction.atomic
def inform_police(actor: Actor, incident_id: UUID, at: datetime) -> Incident:
    """Record when the police were told; the first to say so counts and stops the clock.

    Raises Incident.DoesNotExist outside the actor's scope, BadReportError (in the future, before the incident),
    AlreadyInformedError.
    """
    if actor.role not in POLICE_INFORMERS:
        raise Incident.DoesNotExist
    incident = scoped_incidents(actor).get(pk=incident_id)
    if at > timezone.now() or at < (incident.occurred_at or at):
        raise BadReportError(_("The time must lie between the incident and now"))
    unsaid = Incident.objects.filter(pk=incident.pk, police_informed_at=None)
    if not unsaid.update(police_informed_at=at, police_informed_by=actor.user):
        raise AlreadyInformedError(_("It is recorded already that the police were told"))
    if incident.police_clock_id is not None:
        stop_clock(incident.police_clock_id)
    _log(actor, "incident.police_informed", incident)
    return scoped_incidents(actor).select_related(*SHOWN).get(pk=incident_id)


@transaction.atomic
def establish(actor: Actor, incident_id: UUID, party_id: UUID, *, established: bool) -> Party:
    """Say whether what a pupil is said to have done was found true (rule 13); it can be changed, each time recorded.

    Raises Incident.DoesNotExist outside the actor's scope, Party.DoesNotExist.
    """
    if actor.role not in DECIDERS:
        raise Incident.DoesNotExist
    incident = scoped_incidents(actor).get(pk=incident_id)
    party = incident.parties.select_for_update().get(pk=party_id, role=PartyRole.SAID_TO_HAVE_HARMED)
    party.established = established
    party.save(update_fields=["established"])
    settle_duties(incident)
    _log(actor, "incident.established", incident, party=str(party.pk), established=established)
    return party


def tell_of_police_clocks(clock_ids: Iterable[UUID]) -> None:
    """Tell those who decide on a report that the hour for telling the police ends; when it is over, the leads too."""
    incidents = Incident.objects.filter(police_clock__in=list(clock_ids))
    clocks = Clock.objects.in_bulk(incidents.values_list("police_clock", flat=True))
    for incident in incidents.select_related("school__district", "triage_item__school__district"):
        _tell_of_police_clock(incident, clocks[incident.police_clock_id])


def _tell_of_police_clock(incident: Incident, clock: Clock) -> None:
    missed = clock.escalated_at is not None
    told = deciders(incident.triage_item)
    tell_of_deadline(
        clock,
        told + leads_who_may_know(incident.triage_item) if missed else told,
        kind=AlertKind.DEADLINE_MISSED if missed else AlertKind.DEADLINE_NEAR,
        params={"clock": clock.code, "due": clock.due_at.isoformat(), "school": incident.school.names},
        url=reverse("incidents:detail", args=[incident.pk]),
    )


def _log(actor: Actor, action: str, incident: Incident, **detail: object) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=incident.triage_item.pupil_id,
        detail=detail,
    )
