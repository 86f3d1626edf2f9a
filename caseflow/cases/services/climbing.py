"""Who is told when something of a case is missed: the same people, whatever it is."""

from collections.abc import Callable
from typing import Protocol

from django.db.models import Q
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import members_around, recipients_in_role, recipients_leading
from caseflow.clocks.watchers import Told
from caseflow.directory.enums import Role

LEADER = "school:psychologist"
Pairs = list[tuple[int, int | None]]


class Held(Protocol):
    """Something of a case that somebody has to do in a role: a task, an answer, a step."""

    @property
    def case(self) -> Case: ...

    @property
    def owner_id(self) -> int | None: ...

    @property
    def owner_role(self) -> str: ...


def told_of(held: Held, targets: frozenset[str], owner_url: str) -> list[Told]:
    """Those of `targets` who may know that it was missed, led to the case where they may open it; a lead who was not
    given it is led to the list."""
    page, listed = reverse("cases:detail", args=[held.case.pk]), reverse("cases:list")
    pages = {"owner": owner_url, LEADER: page}
    given = set(held.case.grants.values_list("user", flat=True))
    return [
        Told(target, user, membership, pages.get(target) or (page if user in given else listed))
        for target in sorted(targets & TARGETS.keys())
        for user, membership in TARGETS[target](held)
    ]


def owner_of(held: Held) -> Pairs:
    """How an alert reaches whoever has it; without a role it is whoever leads the case, in whichever role."""
    return recipients_in_role(held.case, held.owner_id, held.owner_role) if held.owner_role else _leader(held)


def _leader(held: Held) -> Pairs:
    return recipients_leading(held.case)


def _leads_of_district(held: Held) -> Pairs:
    """Those who were given the case, or, where nobody in the district was, all of the district."""
    return _given_or_all(held.case, Q(district=held.case.school.district_id))


def _leads_of_region(held: Held) -> Pairs:
    return _given_or_all(held.case, Q(region=held.case.school.district.region_id))


def _given_or_all(case: Case, unit: Q) -> Pairs:
    leads = members_around(case).filter(unit, role=Role.LEAD_PSYCHOLOGIST)
    given = leads.filter(user__in=case.grants.values("user"))
    return list((given if given.exists() else leads).values_list("user_id", "pk"))


TARGETS: dict[str, Callable[[Held], Pairs]] = {
    "owner": owner_of,
    LEADER: _leader,
    "district:lead_psychologist": _leads_of_district,
    "region:lead_psychologist": _leads_of_region,
}
