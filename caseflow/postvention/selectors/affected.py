"""Whom a loss touches: who is on the list, and who might be, from what is recorded. Never a score, never an order by
risk: names stand in the order of the alphabet."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from caseflow.cases.enums import GRAVE
from caseflow.cases.selectors import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship, Pupil
from caseflow.directory.rules import stands
from caseflow.directory.selectors.finding import find_pupils
from caseflow.postvention.enums import Circle, Who
from caseflow.postvention.models import Affected, LossEvent
from caseflow.postvention.selectors.scope import counselled_losses, scoped_affected
from caseflow.records.vault import unseal, where

AFFECTED = "postvention.Affected"
MOST_PROPOSED = 200
MOST_FOUND = 40  # a class fits in


@dataclass(frozen=True, slots=True)
class AffectedView:
    """A pupil of the list with the reason in clear. `case_number` for whoever may open the case."""

    row: Affected
    circle: str
    reason: str
    case_number: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Pupils of one circle whom somebody may add, by name."""

    circle: Circle
    pupils: list[Pupil]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the school has come: counts alone."""

    listed: int
    talked: int
    parents_told: int
    need_support: int
    supported: int


@dataclass(frozen=True, slots=True)
class AffectedPage:
    event: LossEvent
    rows: list[AffectedView]
    proposals: list[Proposal]
    progress: Progress


def affected_page(actor: Actor, event_id: UUID) -> AffectedPage:
    """The list and who might be on it. Raises LossEvent.DoesNotExist for whoever does not counsel there."""
    event = counselled_losses(actor).get(pk=event_id)
    around = ("pupil__school_class", "added_by", "talked_by", "parents_told_by", "case")
    rows = list(scoped_affected(actor).filter(event=event).select_related(*around))
    grave = set(_at_high_risk(actor, event).values_list("pk", flat=True))
    open_to = set(scoped_cases(actor).filter(pk__in=[row.case_id for row in rows]).values_list("pk", flat=True))
    views = [_view(event, row, grave, open_to) for row in rows]
    listed = {row.pupil_id for row in rows}
    return AffectedPage(event, views, proposals(actor, event, listed) if event.is_open else [], progress_of(rows))


def proposals(actor: Actor, event: LossEvent, listed: Iterable[UUID]) -> list[Proposal]:
    """Who might be added, by circle; each pupil once, in the nearest circle."""
    taken = set(listed)
    found: list[Proposal] = []
    for circle, pupils in _circles(actor, event):
        fresh = [pupil for pupil in pupils.select_related("school_class")[:MOST_PROPOSED] if pupil.pk not in taken]
        taken |= {pupil.pk for pupil in fresh}
        if fresh:
            found.append(Proposal(circle, fresh))
    return found


def progress_of(rows: Iterable[Affected]) -> Progress:
    """The counts of these rows."""
    some = list(rows)
    needing = [row for row in some if row.needs_support]
    return Progress(
        len(some),
        sum(1 for row in some if row.talked_on),
        sum(1 for row in some if row.parents_told_on),
        len(needing),
        sum(1 for row in needing if row.case_id),
    )


def _circles(actor: Actor, event: LossEvent) -> list[tuple[Circle, QuerySet[Pupil]]]:
    here = actor.pupils().filter(school=event.school_id).order_by("last_name", "first_name", "pk")
    if event.who == Who.PUPIL:
        here = here.exclude(losses=event)
    found: list[tuple[Circle, QuerySet[Pupil]]] = []
    if event.pupil:
        found.append((Circle.FAMILY, _family(here, event)))
        if event.pupil.school_class_id:
            found.append((Circle.CLASS, here.filter(school_class=event.pupil.school_class_id)))
    found.append((Circle.HIGH_RISK, here.filter(pk__in=_at_high_risk(actor, event).values("pk"))))
    found.append((Circle.EARLIER_LOSS, here.filter(pk__in=_bereaved_before(actor, event).values("pk"))))
    return found


def _family(here: QuerySet[Pupil], event: LossEvent) -> QuerySet[Pupil]:
    """Those who share a guardian with the pupil; of a parent who has died also the pupil."""
    guardians = Guardianship.objects.filter(stands(), pupil=event.pupil_id).values("guardian")
    sharing = Guardianship.objects.filter(stands(), guardian__in=guardians).values("pupil")
    if event.who == Who.PARENT:
        return here.filter(Q(losses=event) | Q(pk__in=sharing))
    return here.filter(pk__in=sharing)


def _at_high_risk(actor: Actor, event: LossEvent) -> QuerySet[Pupil]:
    """The pupils with an open case of high or acute risk that the actor may open."""
    grave = scoped_cases(actor).filter(school=event.school_id, closed_at=None, risk__in=GRAVE)
    return Pupil.objects.filter(pk__in=grave.values("pupil"))


def _bereaved_before(actor: Actor, event: LossEvent) -> QuerySet[Pupil]:
    """The pupils on the list of another event."""
    earlier = scoped_affected(actor).exclude(event=event)
    return Pupil.objects.filter(pk__in=earlier.values("pupil"))


def _view(event: LossEvent, row: Affected, grave: set[UUID], open_to: set[UUID]) -> AffectedView:
    """Nobody learns by the circle of a case that they may not open."""
    hidden = row.circle == Circle.HIGH_RISK and row.pupil_id not in grave
    circle = Circle.OTHER if hidden else Circle(row.circle)
    reason = unseal(event.data_key, row.reason_sealed, where(AFFECTED, row.pk, "reason"))
    number = row.case.number if row.case and row.case_id in open_to else None
    return AffectedView(row, str(circle.label), reason, number)


def found_by_name(actor: Actor, page: AffectedPage, query: str) -> list[Pupil]:
    """Pupils of the school whose name or class fits, to be added by hand; none for an empty query."""
    if not query:
        return []
    listed = [view.row.pupil_id for view in page.rows]
    found = find_pupils(actor, query).filter(school=page.event.school_id).exclude(pk__in=listed)
    return list(found.select_related("school_class")[:MOST_FOUND])
