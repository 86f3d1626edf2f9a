"""The clocks of items: who may pause and extend them, and what is kept of a missed one where there is a case."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.services import add_system_entry
from caseflow.clocks.matters import Look, Matter
from caseflow.clocks.models import Clock, ClockChange
from caseflow.directory.actors import Actor
from caseflow.triage.enums import OPEN_STATES, ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import scoped_items
from caseflow.triage.services.filing import address_of

MISSED, MISSED_ALONE = "item_deadline_missed", "item_deadline_missed_alone"


def matter_of_item(actor: Actor, clock_id: UUID) -> Matter | None:
    """The item that waits for the assessment or the review, for whoever decides on it. A cry for help does not wait
    (fact 4): its clock is changed by nobody."""
    item = scoped_items(actor).filter(psych_clock=clock_id, state__in=OPEN_STATES).select_related("words_key").first()
    if item is None:
        return None
    report = gettext("A report that waits for a decision")
    title = report if item.kind == ItemKind.INCIDENT else gettext("Something found by the system that waits for a look")
    return Matter(title, address_of(item), item.words_key, not item.second_person, item.pupil_id)


def keep_item_in_step(clock: Clock, _change: ClockChange) -> None:
    """The place in the queue is that of the clock that ends first."""
    for item in TriageItem.objects.filter(psych_clock=clock).select_related("legal_clock"):
        running = [each.due_at for each in (clock, item.legal_clock) if each and each.stopped_at is None]
        TriageItem.objects.filter(pk=item.pk).update(due_at=min(running, default=clock.due_at))


def chronicle_step(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology of the item's case, where there is one, that a step was reached, and who was told.

    It refers to the item, so it is kept from whom the item is kept, and no line of a signal leaves the case.
    """
    items = TriageItem.objects.filter(Q(psych_clock=clock_id) | Q(legal_clock=clock_id), case__isnull=False)
    for item in items.select_related("case__data_key", "psych_clock"):
        clock = item.psych_clock if item.psych_clock_id == clock_id else item.legal_clock
        enter_step(item, clock.code if clock else "", step, told)


def enter_step(item: TriageItem, code: str, step: int, told: list[str]) -> None:
    """The line itself; nothing where the item has no case."""
    if item.case is None:
        return
    add_system_entry(
        item.case,
        kind=EntryKind(item.kind),
        code=MISSED if told else MISSED_ALONE,
        params=item.made_by | {"clock": code, "step": step, "whom": told},
        ref=f"triage:{item.pk}",
    )


def looks_at_items(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who has the items of these clocks in hand; where those in the actor's scope are decided."""
    items = TriageItem.objects.filter(Q(psych_clock__in=clock_ids) | Q(legal_clock__in=clock_ids))
    listed = list(items.select_related("claimed_by"))
    waiting = scoped_items(actor).filter(pk__in=[item.pk for item in listed], state__in=OPEN_STATES)
    open_to = set(waiting.values_list("pk", flat=True))
    found = {item: Look(_holder(item), address_of(item) if item.pk in open_to else "") for item in listed}
    pairs = [(clock, look) for item, look in found.items() for clock in (item.psych_clock_id, item.legal_clock_id)]
    return {clock: look for clock, look in pairs if clock in set(clock_ids)}


def _holder(item: TriageItem) -> str:
    held = item.claimed_until is not None and item.claimed_until > timezone.now()
    return item.claimed_by.short_name if held and item.claimed_by else ""
