"""The clocks of reports: what is kept of a missed one where there is a case, and what a list may say of them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.clocks.matters import Look
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident, ProtectiveOrder
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.triage.models import TriageItem
from caseflow.triage.services.item_clocks import enter_step

POLICE = "police_informed"


def chronicle_police_step(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology of the report's case that nobody has noted the call to the police."""
    for incident in Incident.objects.filter(police_clock=clock_id).select_related("triage_item__case__data_key"):
        enter_step(incident.triage_item, POLICE, step, told)


def looks_at_reports(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who owes the legal assessments and the calls to the police, and the pages of reports the actor may open."""
    found = Incident.objects.filter(Q(police_clock__in=clock_ids) | Q(triage_item__legal_clock__in=clock_ids))
    listed = list(found.values_list("pk", "police_clock", "triage_item__legal_clock"))
    open_to = set(scoped_incidents(actor).filter(pk__in=[pk for pk, *_clocks in listed]).values_list("pk", flat=True))
    looks: dict[UUID, Look] = {}
    for pk, police, legal in listed:
        url = reverse("incidents:detail", args=[pk]) if pk in open_to else ""
        looks |= {police: Look("", url)} if police in clock_ids else {}
        looks |= {legal: Look(gettext("the addressed agency"), url)} if legal in clock_ids else {}
    return looks


def clocks_of_reports(items: QuerySet[TriageItem]) -> Q:
    """Of the reports behind these items: the calls to the police, and their protective orders with those merged in."""
    reports = Incident.objects.filter(triage_item__in=items.values("pk"))
    orders = ProtectiveOrder.objects.filter(
        Q(incident__in=reports.values("pk")) | Q(incident__merged_into__in=reports.values("pk"))
    )
    return Q(pk__in=reports.values("police_clock")) | Q(pk__in=orders.values("clock"))
