"""Whom a loss touches: people put pupils on the list, talk with them, and open cases. The machine proposes alone."""

from collections.abc import Collection
from datetime import date
from typing import cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.selectors.scope import open_case_of
from caseflow.cases.services import open_case
from caseflow.directory.actors import Actor
from caseflow.postvention.enums import Circle, Who
from caseflow.postvention.models import Affected, LossEvent
from caseflow.postvention.rules import LossRefused, needs_words
from caseflow.postvention.selectors.affected import AFFECTED
from caseflow.postvention.selectors.scope import scoped_affected
from caseflow.postvention.services.holding import hold_counselled, log, said
from caseflow.records.vault import seal, where
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import keep_removed, put_back, removed_rows

REMOVED = "affected_removed"  # as an act that can be undone
MOST_AT_ONCE = 100


@transaction.atomic
def add_affected(
    actor: Actor, event_id: UUID, *, pupil_ids: Collection[UUID], circle: Circle, reason: str
) -> list[Affected]:
    """Put pupils of the school on the list, for a reason that a person gives; who is there already stays as they are.

    A circle that stands in the records needs no words. Raises LossEvent.DoesNotExist, LossRefused (closed, no words
    where they are needed, nobody or too many, not of this school, the dead).
    """
    event = hold_counselled(actor, event_id)
    why = said(reason) if needs_words(circle) else reason.strip()
    asked = set(pupil_ids)
    if not 0 < len(asked) <= MOST_AT_ONCE:
        raise LossRefused(gettext("Choose one to %(number)s pupils.") % {"number": MOST_AT_ONCE})
    found = list(actor.pupils().filter(school=event.school_id, pk__in=asked))
    if len(found) < len(asked) or (event.who == Who.PUPIL and event.pupil_id in asked):
        raise LossRefused(gettext("One of them is no pupil of this school."))
    listed = set(event.affected.values_list("pupil", flat=True))
    rows = [_row(actor, event, pupil.pk, circle, why) for pupil in found if pupil.pk not in listed]
    for row in rows:
        log(actor, "affected_added", event, pupil_id=row.pupil_id, circle=str(circle))
    return rows


@transaction.atomic
def record_talk(actor: Actor, affected_id: UUID, *, on: date, needs_support: bool) -> Affected:
    """Record that somebody talked with the pupil, and whether support is needed; a later talk replaces the earlier.

    Raises Affected.DoesNotExist, LossRefused (closed, a day to come or before the death).
    """
    row, event = _hold(actor, affected_id)
    _refuse_day(event, on)
    row.talked_on, row.talked_by, row.needs_support = on, actor.user, needs_support
    row.save(update_fields=["talked_on", "talked_by", "needs_support"])
    log(actor, "affected_talked", event, pupil_id=row.pupil_id)
    return row


@transaction.atomic
def record_parents_told(actor: Actor, affected_id: UUID, *, on: date) -> Affected:
    """Record that the pupil's parents were told. Raises Affected.DoesNotExist, LossRefused (closed, a wrong day)."""
    row, event = _hold(actor, affected_id)
    _refuse_day(event, on)
    row.parents_told_on, row.parents_told_by = on, actor.user
    row.save(update_fields=["parents_told_on", "parents_told_by"])
    log(actor, "affected_parents_told", event, pupil_id=row.pupil_id)
    return row


@transaction.atomic
def give_case(actor: Actor, affected_id: UUID) -> Case:
    """Open a case for the pupil, or link the one that is open already and that the actor may open.

    Raises Affected.DoesNotExist, LossRefused (closed, no support needed, a case that is kept from the actor).
    """
    row, event = _hold(actor, affected_id)
    if not row.needs_support:
        raise LossRefused(gettext("Record a talk first, and that support is needed."))
    present = open_case_of(row.pupil_id, event.school_id)
    if present is not None and not scoped_cases(actor).filter(pk=present.pk).exists():
        raise LossRefused(gettext("Somebody else supports this pupil already. Ask the lead psychologist."))
    case = present or open_case(actor, pupil_id=row.pupil_id, reason=gettext("Support after a loss"))
    row.case = case
    row.save(update_fields=["case"])
    log(actor, "affected_case", event, pupil_id=row.pupil_id, case=str(case.pk))
    return case


@transaction.atomic
def remove_affected(actor: Actor, affected_id: UUID) -> None:
    """Take a pupil off the list who came on it by mistake; the log keeps that.

    Raises Affected.DoesNotExist, LossRefused (closed, something was done for this pupil already).
    """
    row, event = _hold(actor, affected_id)
    if row.talked_on or row.parents_told_on or row.case_id:
        raise LossRefused(gettext("Something was done for this pupil already: the list keeps it."))
    pupil_id = row.pupil_id
    keep_removed(actor, REMOVED, row.pk, [row], pupil_id=pupil_id)
    row.delete()
    log(actor, "affected_removed", event, pupil_id=pupil_id)


def put_on_again(actor: Actor, affected_id: str, _facts: Facts) -> str:
    """Take back that the actor took a pupil off the list. Returns the page of the list.

    Raises Removed.DoesNotExist, LossEvent.DoesNotExist, TooLateError (closed, on the list again already).
    """
    (removed,) = removed_rows(actor, REMOVED, affected_id)
    row = cast("Affected", removed)
    try:
        event = hold_counselled(actor, row.event_id)
    except LossRefused as refused:
        raise TooLateError from refused
    put_back([row])
    log(actor, "affected_restored", event, pupil_id=row.pupil_id)
    return reverse("postvention:affected", args=[event.pk])


def _row(actor: Actor, event: LossEvent, pupil_id: UUID, circle: Circle, reason: str) -> Affected:
    row = Affected(event=event, pupil_id=pupil_id, circle=circle, added_at=timezone.now(), added_by=actor.user)
    row.reason_sealed = seal(event.data_key, reason, where(AFFECTED, row.pk, "reason"))
    row.save(force_insert=True)
    return row


def _hold(actor: Actor, affected_id: UUID) -> tuple[Affected, LossEvent]:
    row = scoped_affected(actor).get(pk=affected_id)
    event = hold_counselled(actor, row.event_id)
    return Affected.objects.get(pk=affected_id), event


def _refuse_day(event: LossEvent, on: date) -> None:
    if not event.died_on <= on <= timezone.localdate():
        raise LossRefused(gettext("The day lies before the death or in the future."))
