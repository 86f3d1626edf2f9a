from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.records.vault import unseal, where
from caseflow.triage import wording
from caseflow.triage.conflicts import without_conflicts
from caseflow.triage.details import details_url
from caseflow.triage.enums import OPEN_STATES, Audience, ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.places import places_of
from caseflow.triage.readable import readable_ids
from prepared import prepared

QUEUE_LIMIT = 200
SHOWN = (
    "school",
    "pupil__school_class",
    "psych_clock",
    "legal_clock",
    "decided_by",
    "proposed_by",
    "claimed_by",
    "case",
)


def scoped_items(actor: Actor, today: date | None = None) -> QuerySet[TriageItem]:
    """The items the actor may see and decide. A psychologist: those of the own school. A lead psychologist: those kept
    from the schools, those that need a second person, and those of schools without a psychologist. Nobody sees what
    concerns the own child or the own person."""
    items = TriageItem.objects.filter(school__in=actor.schools()).select_related(*SHOWN)
    if actor.role == Role.PSYCHOLOGIST:
        items = items.filter(audience=Audience.SCHOOL)
    elif actor.role == Role.LEAD_PSYCHOLOGIST:
        items = items.filter(
            Q(audience=Audience.LEAD) | Q(second_person=True) | ~Exists(psychologists_of("school", today))
        )
    else:
        return TriageItem.objects.none()
    return without_conflicts(actor, items)


def waiting(actor: Actor, kind: str = "", today: date | None = None) -> QuerySet[TriageItem]:
    """The queue, the nearest deadline first; never by a score (rule 3)."""
    items = scoped_items(actor, today).filter(state__in=OPEN_STATES)
    return items.filter(kind=kind) if kind in ItemKind.values else items


def waiting_now(actor: Actor, kind: str = "") -> list[TriageItem]:
    """At most QUEUE_LIMIT of the queue, as its page shows it (1 query)."""
    return _shown(actor, kind if kind in ItemKind.values else "", timezone.localdate())


def waiting_counts(actor: Actor) -> dict[str, int]:
    """How many wait, by kind, and in all under "" (1 query)."""
    return _by_kind(dict(_counted(actor, timezone.localdate())))


def counts_of(items: Collection[TriageItem]) -> dict[str, int]:
    """The same, of a whole queue that has been read already."""
    return _by_kind(Counter(item.kind for item in items))


def _by_kind(numbers: Mapping[str, int]) -> dict[str, int]:
    return {"": sum(numbers.values())} | {kind: numbers.get(kind, 0) for kind in ItemKind.values}


@prepared
def _shown(actor: Actor, kind: str, today: date) -> QuerySet[TriageItem]:
    return waiting(actor, kind, today)[:QUEUE_LIMIT]


@prepared
def _counted(actor: Actor, today: date) -> QuerySet[TriageItem, tuple[str, int]]:
    return waiting(actor, "", today).order_by().values_list("kind").annotate(Count("pk"))


@dataclass(frozen=True, slots=True)
class Row:
    """An item as it may be shown now: `readable` is False after a withdrawal, then everything said is empty.

    `reason` is why it was decided so, where whoever asks for the row has recorded the reading.
    """

    item: TriageItem
    readable: bool
    title: str = ""
    line: str = ""
    place: str = ""
    quality: str = ""
    icon: str = "lock"
    details_url: str = ""
    claimed_by: str = ""
    reason: str = ""


def rows_of(actor: Actor, items: Iterable[TriageItem]) -> list[Row]:
    """`items` as rows, in a constant number of queries."""
    listed = list(items)
    readable = readable_ids(listed)
    places = places_of([item for item in listed if item.pk in readable])
    return [_row(actor, item, readable, places) for item in listed]


def row_of(actor: Actor, item: TriageItem) -> Row:
    """One item as a row."""
    return rows_of(actor, [item])[0]


def words_of(item: TriageItem) -> str:
    """What was said, unsealed. Raises VaultError. The caller has asked for the scope and records the reading."""
    return unseal(item.words_key, item.words_sealed, where("triage.TriageItem", item.pk, "words"))


def reasons_of(item: TriageItem) -> tuple[str, str]:
    """The explanation of the dismissal and the second person's, unsealed; empty where there is none."""
    return (
        unseal(item.words_key, item.reason_sealed, where("triage.TriageItem", item.pk, "reason")),
        unseal(item.words_key, item.confirmation_sealed, where("triage.TriageItem", item.pk, "confirmation")),
    )


def items_of_case(actor: Actor, case_id: UUID) -> QuerySet[TriageItem]:
    """The items linked to a case, newest first; who may read the case is asked by the caller."""
    items = TriageItem.objects.filter(case=case_id).select_related(*SHOWN)
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        items = items.filter(audience=Audience.SCHOOL)
    return without_conflicts(actor, items).order_by("-created_at")


def psychologists_of(school: str, today: date | None = None) -> QuerySet[Membership]:
    """The psychologists in force at the school that the outer query names; without any the leads decide."""
    today = today or timezone.localdate()
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    return Membership.objects.filter(
        in_force, school=OuterRef(school), role=Role.PSYCHOLOGIST, starts_on__lte=today, user__is_active=True
    )


def _row(actor: Actor, item: TriageItem, readable: set[UUID], places: dict[UUID, str]) -> Row:
    claimed = _claimed_by_other(actor, item)
    if item.pk not in readable:
        return Row(item, readable=False, claimed_by=claimed)
    return Row(
        item,
        readable=True,
        title=wording.title_of(item),
        line=wording.line_of(item),
        place=places.get(item.pk, ""),
        quality=wording.quality_of(item),
        icon=wording.icon_of(item),
        details_url=details_url(item),
        claimed_by=claimed,
    )


def _claimed_by_other(actor: Actor, item: TriageItem) -> str:
    held = item.claimed_until is not None and item.claimed_until > timezone.now()
    if not held or item.claimed_by is None or item.claimed_by_id == actor.user.pk:
        return ""
    return item.claimed_by.short_name
