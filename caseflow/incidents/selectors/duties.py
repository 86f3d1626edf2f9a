"""What has been done of the duties that follow a report of suspected bullying."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.directory.models import Guardian, Pupil
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import CouncilHeld, Incident, ParentTold, Party
from caseflow.incidents.rules.duties import DUTIES, all_told_at, has_parents_to_tell
from caseflow.incidents.selectors.home import standing_guardians
from caseflow.records.vault import unseal, where
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem

Row = TypeVar("Row", ParentTold, CouncilHeld)
CONCERNED = (PartyRole.HARMED, PartyRole.SAID_TO_HAVE_HARMED)


@dataclass(frozen=True, slots=True)
class Family:
    """A pupil whose parents have to know, who of them can be told, and what was told so far."""

    pupil: Pupil
    guardians: tuple[Guardian, ...]
    told: tuple[ParentTold, ...]


@dataclass(frozen=True, slots=True)
class Council:
    """A council with what it came to, unsealed."""

    row: CouncilHeld
    outcome: str


@dataclass(frozen=True, slots=True)
class Duties:
    """What a report of suspected bullying asks for, as those who decide see it."""

    families: tuple[Family, ...]
    councils: tuple[Council, ...]


def has_duties(incident: Incident) -> bool:
    """Whether the clocks of suspected bullying run or ran for the report."""
    return any(getattr(incident, f"{name}_id") for name in DUTIES)


def pupils_to_tell_of(parties: Iterable[Party]) -> tuple[Pupil, ...]:
    """The pupils under 18 who were harmed or are said to have harmed; none found not to have done it."""
    today = timezone.localdate()
    named = [party.pupil for party in parties if party.role in CONCERNED and party.established is not False]
    return tuple(pupil for pupil in named if pupil and has_parents_to_tell(pupil.birth_date, today))


def duties_of(incident: Incident, parties: Iterable[Party]) -> Duties:
    """Everything noted on the report and on those merged into it. The caller has the scope and records the reading."""
    pupils, rows = (
        pupils_to_tell_of(parties),
        list(_on(incident, ParentTold.objects.select_related("guardian", "told_by"))),
    )
    guardians = standing_guardians([pupil.pk for pupil in pupils])
    families = [
        Family(pupil, guardians[pupil.pk], tuple(row for row in rows if row.pupil_id == pupil.pk)) for pupil in pupils
    ]
    councils = _on(incident, CouncilHeld.objects.select_related("incident__data_key", "noted_by"))
    return Duties(tuple(families), tuple(Council(row, outcome_of(row)) for row in councils))


def ends_of_duties(incident: Incident) -> dict[str, datetime | None]:
    """When each duty was done, by the clock that the report holds; None where it is not.

    A report is registered by the first decision on it. Once it is dismissed nobody is owed anything more.
    """
    item = TriageItem.objects.only("state", "decided_at").get(pk=incident.triage_item_id)
    over = item.decided_at if item.state == ItemState.DISMISSED else None
    pupils = [pupil.pk for pupil in pupils_to_tell_of(incident.parties.select_related("pupil"))]
    told = _on(incident, ParentTold.objects.all()).values_list("pupil", "told_at")
    council = _on(incident, CouncilHeld.objects.all()).order_by("noted_at").values_list("noted_at", flat=True).first()
    return {
        "registered_clock": item.decided_at,
        "parents_clock": all_told_at(pupils, told) or over,
        "council_clock": council or over,
    }


def outcome_of(row: CouncilHeld) -> str:
    """What the council came to. Raises VaultError."""
    return unseal(row.incident.data_key, row.outcome_sealed, where("incidents.CouncilHeld", row.pk, "outcome"))


def _on(incident: Incident, rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.filter(Q(incident=incident) | Q(incident__merged_into=incident))
