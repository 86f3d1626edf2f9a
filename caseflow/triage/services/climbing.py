"""Who is told when a clock of an item was missed, at the school and above it; agencies are found by their room."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from caseflow.clocks.watchers import Told
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem
from caseflow.triage.services.filing import address_of, deciding_memberships, leading_memberships

Finder = Callable[[TriageItem], list[Membership]]


def _psychologists(item: TriageItem) -> list[Membership]:
    return [who for who in deciding_memberships(item) if who.role == Role.PSYCHOLOGIST]


def _leads_of_district(item: TriageItem) -> list[Membership]:
    return [who for who in leading_memberships(item) if who.district_id]


def _leads_of_region(item: TriageItem) -> list[Membership]:
    return [who for who in leading_memberships(item) if who.region_id]


TARGETS: dict[str, Finder] = {
    "school:psychologist": _psychologists,
    "district:lead_psychologist": _leads_of_district,
    "region:lead_psychologist": _leads_of_region,
}


def targets_of_items(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Those of `targets` who may know of the clock's item (rule 10b). After the psychologist's decision nobody is told
    of its own clock any more; the legal one runs on."""
    open_psych = Q(psych_clock=clock_id, state__in=OPEN_STATES)
    items = TriageItem.objects.filter(open_psych | Q(legal_clock=clock_id)).select_related("school__district")
    return [told for item in items for told in targets_of(item, targets, address_of(item))]


def targets_of(item: TriageItem, targets: frozenset[str], url: str) -> list[Told]:
    """The people of `targets` that this room knows, led to `url`."""
    known = sorted(targets & TARGETS.keys())
    return [Told(target, who.user_id, who.pk, url) for target in known for who in TARGETS[target](item)]
