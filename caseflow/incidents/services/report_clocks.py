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
from caseflow.incidents.services.settling import ON_REPORT
from caseflow.triage.models import TriageItem
from caseflow.triage.services.item_clocks import enter_step

POLICE = "police_informed"
CLOCKS = ("triage_item__legal_clock", "triage_item__psych_clock", *ON_REPORT)


def chronicle_police_step(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology of the report's case that nobody has noted the call to the police."""
    for incident in Incident.objects.filter(police_clock=clock_id).select_related("triage_item__case__data_key"):
        enter_step(incident.triage_item, POLICE, step, told)


def looks_at_reports(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """The numbers of the reports, who owes the legal assessments, and the pages of reports the actor may open."""
    held = Q()
    for name in CLOCKS:
        held |= Q(**{f"{name}__in": clock_ids})
    listed = list(Incident.objects.filter(held).values_list("pk", "number", *CLOCKS))
    open_to = set(scoped_incidents(actor).filter(pk__in=[pk for pk, *_clocks in listed]).values_list("pk", flat=True))
    looks: dict[UUID, Look] = {}
    for pk, number, legal, psych, *others in listed:
        url = reverse("incidents:detail", args=[pk]) if pk in open_to else ""
        called = gettext("Report no. %(number)s") % {"number": number}
        looks |= {clock: Look("", url, called) for clock in others if clock in clock_ids}
        looks |= {psych: Look("", "", called)} if psych in clock_ids else {}
        looks |= {legal: Look(gettext("the addressed agency"), url, called)} if legal in clock_ids else {}
    return looks


def clocks_of_reports(items: QuerySet[TriageItem]) -> Q:
    """Of the reports behind these items: the calls to the police, the duties of suspected bullying, and their
    protective orders with those merged in."""
    reports = Incident.objects.filter(triage_item__in=items.values("pk"))
    orders = ProtectiveOrder.objects.filter(
        Q(incident__in=reports.values("pk")) | Q(incident__merged_into__in=reports.values("pk"))
    )
    held = Q(pk__in=orders.values("clock"))
    for name in ON_REPORT:
        held |= Q(pk__in=reports.values(name))
    return held
