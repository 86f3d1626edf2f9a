from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from caseflow.audit.services import record
from caseflow.cases.models import Case
from caseflow.cases.selectors import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.directory.selectors.finding import find_pupils
from caseflow.triage.enums import ItemState
from caseflow.triage.evidence import NOTHING_MORE, Evidence, evidence_of
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import (
    QUEUE_LIMIT,
    LinkableCase,
    Row,
    cases_to_link,
    counts_of,
    items_of_case,
    next_due,
    own_case_of,
    reasons_of,
    row_of,
    rows_of,
    scoped_items,
    waiting,
    waiting_counts,
    waiting_now,
    words_of,
)

PUPILS_OFFERED = 8
WAITING_SHOWN = 20
SHORTEST_QUERY = 3


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item opened in place. `own_case` is the pupil's open case, the one to link to; without it `cases` are offered.

    `evidence` is what else is known of it. `must_wait` says that the reader proposed the dismissal and another person
    has to confirm it.
    """

    row: Row
    words: str
    reason: str
    own_case: Case | None
    cases: tuple[LinkableCase, ...]
    must_wait: bool
    evidence: Evidence = NOTHING_MORE

    @property
    def item(self) -> TriageItem:
        return self.row.item


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue as the actor sees it now, the nearest deadline first; `counts` by kind, in all under ""."""

    kind: str
    rows: tuple[Row, ...]
    counts: dict[str, int]
    next_due: datetime | None

    @property
    def total(self) -> int:
        return self.counts[""]


@dataclass(frozen=True, slots=True)
class Today:
    """The page: the queue and its first or asked-for item opened. `missed` is an item asked for that waits no more."""

    queue: Queue
    opened: OpenItem | None
    missed: TriageItem | None


@transaction.atomic
def show_today(actor: Actor, *, kind: str = "", item_id: UUID | None = None) -> Today:
    """The page as it opens. An item that is asked for and outside the actor's scope is passed over."""
    queue = show_queue(actor, kind=kind)
    rows = {row.item.pk: row for row in queue.rows}
    current = rows.get(item_id) if item_id in rows else next(iter(queue.rows), None)
    missed = scoped_items(actor).filter(pk=item_id).first() if item_id and item_id not in rows else None
    return Today(queue, _opened(actor, current) if current else None, missed)


def show_queue(actor: Actor, *, kind: str = "") -> Queue:
    """The queue, narrowed to a kind, in a constant number of queries."""
    items = waiting_now(actor, kind)
    is_whole = not kind and len(items) < QUEUE_LIMIT
    counts = counts_of(items) if is_whole else waiting_counts(actor)
    return Queue(kind, tuple(rows_of(actor, items)), counts, None if items else next_due(actor))


@transaction.atomic
def open_item(actor: Actor, item_id: UUID) -> OpenItem:
    """Show one item with what was said, and record that it was read. Raises TriageItem.DoesNotExist, VaultError."""
    return _opened(actor, row_of(actor, scoped_items(actor).select_related("words_key").get(pk=item_id)))


def _opened(actor: Actor, row: Row) -> OpenItem:
    item = row.item
    _log_reading(actor, item)
    asks = row.readable and item.is_open
    own = own_case_of(item) if asks else None
    return OpenItem(
        row=row,
        words=words_of(item) if row.readable else "",
        reason=reasons_of(item)[0] if row.readable else "",
        own_case=own,
        cases=cases_to_link(actor, item) if asks and own is None else (),
        must_wait=item.state == ItemState.SECOND_PERSON and item.proposed_by_id == actor.user.pk,
        evidence=evidence_of(item) if row.readable else NOTHING_MORE,
    )


@transaction.atomic
def offer_pupils(actor: Actor, item_id: UUID, query: str) -> list[Pupil]:
    """Pupils of the item's school by name, for a case about a report that names nobody; at most 8, from 3 letters.

    Raises TriageItem.DoesNotExist outside the actor's scope.
    """
    item = scoped_items(actor).get(pk=item_id)
    if len(query.strip()) < SHORTEST_QUERY:
        return []
    return list(find_pupils(actor, query).filter(school=item.school)[:PUPILS_OFFERED])


@transaction.atomic
def show_case_items(actor: Actor, case_id: UUID) -> list[Row]:
    """What was linked to a case and why, for its page. Raises Case.DoesNotExist unless the actor may open the case."""
    scoped_cases(actor).only("pk").get(pk=case_id)
    items = list(items_of_case(actor, case_id))
    for item in items:
        _log_reading(actor, item)
    rows = rows_of(actor, items)
    return [replace(row, reason=reasons_of(row.item)[0]) if row.readable else row for row in rows]


def show_case_waiting(actor: Actor, case_id: UUID) -> list[Row]:
    """What waits in the actor's Today about the pupil of a case: the rows of Today, nothing of what was said.

    Raises Case.DoesNotExist unless the actor may open the case.
    """
    case = scoped_cases(actor).only("pupil_id").get(pk=case_id)
    return rows_of(actor, waiting(actor).filter(pupil=case.pupil_id)[:WAITING_SHOWN])


def _log_reading(actor: Actor, item: TriageItem) -> None:
    record(action="read", actor_id=actor.user.pk, role=actor.role, obj=f"triage:{item.pk}", pupil_id=item.pupil_id)
