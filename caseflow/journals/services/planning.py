"""The plan of a year: written by the school's psychologists, approved by its principal, ended item by item."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.scope import scoped_appointments
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School, SchoolYear
from caseflow.journals.enums import Direction, PlanItemState, PlanState
from caseflow.journals.models import PlanItem, YearPlan
from caseflow.journals.rules import JournalRefused
from caseflow.journals.selectors.plans import item_of, plan_before
from caseflow.journals.selectors.years import psychologists_of, school_of, years_of
from caseflow.journals.services.noting import log
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import keep_removed, put_back, removed_rows

REMOVED = "plan_item_removed"  # as an act that can be undone


@dataclass(frozen=True, slots=True)
class Item:
    """An item as somebody wants it. `owner` is the id of a psychologist of the school, `month` None: the whole year."""

    direction: Direction
    title: str
    audience: str
    month: int | None
    owner: int
    expected: str


@transaction.atomic
def write_item(actor: Actor, year_id: int, item: Item, *, item_id: UUID | None = None) -> PlanItem:
    """Put an item into the plan of a year, or change the one with that id.

    Raises SchoolYear.DoesNotExist, PlanItem.DoesNotExist, User.DoesNotExist for what is not the school's,
    JournalRefused (the plan is sent or approved, the item is ended).
    """
    plan = _hold_draft(actor, year_id)
    owner = psychologists_of(plan.school).get(pk=item.owner)
    found = PlanItem(plan=plan) if item_id is None else plan.items.get(pk=item_id)
    _refuse_ended(found)
    found.direction, found.title, found.audience = item.direction, item.title.strip(), item.audience.strip()
    found.month, found.owner, found.expected = item.month, owner, item.expected.strip()
    found.save()
    log(actor, "year_plan_item_written", _label(plan), item=str(found.pk))
    return found


@transaction.atomic
def remove_item(actor: Actor, item_id: UUID) -> None:
    """Take an item out of a plan that is being written. Raises PlanItem.DoesNotExist, else as `write_item`."""
    item = item_of(actor, item_id)
    plan = _hold_draft(actor, item.plan.year_id)
    item.refresh_from_db()
    _refuse_ended(item)
    keep_removed(actor, REMOVED, item.pk, [item])
    item.delete()
    log(actor, "year_plan_item_removed", _label(plan), item=str(item_id))


def put_in_again(actor: Actor, item_id: str, _facts: Facts) -> str:
    """Take back that the actor took an item out of a plan. Returns the page of the plan.

    Raises Removed.DoesNotExist, TooLateError (the plan was sent meanwhile).
    """
    (removed,) = removed_rows(actor, REMOVED, item_id)
    item = cast("PlanItem", removed)
    try:
        plan = _hold_draft(actor, item.plan.year_id)
    except JournalRefused as refused:
        raise TooLateError from refused
    put_back([item])
    log(actor, "year_plan_item_restored", _label(plan), item=item_id)
    return f"{reverse('journals:plan')}?year={plan.year_id}"


@transaction.atomic
def end_item(
    actor: Actor, item_id: UUID, state: PlanItemState, *, outcome: str = "", appointment: UUID | None = None
) -> PlanItem:
    """Say what became of an item, or that it is open again: done, with what was recorded of it, or not done, with why.

    Raises PlanItem.DoesNotExist, Appointment.DoesNotExist (not held or out of reach), JournalRefused (no reason).
    """
    item = item_of(actor, item_id)
    _hold(item.plan.school_id)
    item.refresh_from_db()
    if state == PlanItemState.DROPPED and not outcome.strip():
        raise JournalRefused(gettext("Say why it was not done."))
    ends = state != PlanItemState.OPEN
    item.appointment = _held(actor, appointment) if appointment and state == PlanItemState.DONE else None
    item.state, item.outcome = state, outcome.strip() if ends else ""
    item.ended_by, item.ended_at = (actor.user, timezone.now()) if ends else (None, None)
    item.save()
    log(actor, "year_plan_item_ended", _label(item.plan), item=str(item.pk), state=state.value)
    return item


@transaction.atomic
def open_item_again(actor: Actor, item_id: str, facts: Facts) -> str:
    """Take back what the actor has just said of an item: it is open again. Returns the page of the plan.

    Raises PlanItem.DoesNotExist, also where something else was said since.
    """
    item = item_of(actor, UUID(item_id))
    _hold(item.plan.school_id)
    PlanItem.objects.get(pk=item.pk, ended_at=datetime.fromisoformat(facts["at"]), ended_by=actor.user)
    end_item(actor, item.pk, PlanItemState.OPEN)
    return f"{reverse('journals:plan')}?year={item.plan.year_id}"


@transaction.atomic
def copy_plan(actor: Actor, year_id: int) -> int:
    """Take over the items of the latest plan before, open anew, save those that stand in it already. Returns how many.

    Raises SchoolYear.DoesNotExist, JournalRefused (no earlier plan, nothing new in it, the plan is sent or approved).
    """
    plan = _hold_draft(actor, year_id)
    before = plan_before(plan.school, plan.year)
    if before is None:
        raise JournalRefused(gettext("There is no plan of an earlier year."))
    there = set(plan.items.values_list("direction", "title", "month"))
    working = set(psychologists_of(plan.school).values_list("pk", flat=True))
    copies = [
        PlanItem(
            plan=plan,
            direction=item.direction,
            title=item.title,
            audience=item.audience,
            month=item.month,
            owner_id=item.owner_id if item.owner_id in working else actor.user.pk,
            expected=item.expected,
        )
        for item in before.items.all()
        if (item.direction, item.title, item.month) not in there
    ]
    if not copies:
        raise JournalRefused(gettext("Everything of the earlier plan stands in this one already."))
    PlanItem.objects.bulk_create(copies)
    log(actor, "year_plan_copied", _label(plan), items=len(copies))
    return len(copies)


@transaction.atomic
def send_plan(actor: Actor, year_id: int) -> YearPlan:
    """Give the plan to the principal. Raises SchoolYear.DoesNotExist, JournalRefused (no items, sent or approved)."""
    plan = _hold_draft(actor, year_id)
    if not plan.items.exists():
        raise JournalRefused(gettext("Nothing is planned yet. Put in what you plan first."))
    plan.state, plan.sent_by, plan.sent_at, plan.remark = PlanState.SENT, actor.user, timezone.now(), ""
    plan.save()
    log(actor, "year_plan_sent", _label(plan))
    return plan


@transaction.atomic
def approve_plan(actor: Actor, year_id: int) -> YearPlan:
    """Approve a plan that was sent. Raises YearPlan.DoesNotExist for others than the principal, JournalRefused."""
    plan = _hold_sent(actor, year_id)
    plan.state, plan.approved_by, plan.approved_at = PlanState.APPROVED, actor.user, timezone.now()
    plan.save()
    log(actor, "year_plan_approved", _label(plan))
    return plan


@transaction.atomic
def return_plan(actor: Actor, year_id: int, *, remark: str) -> YearPlan:
    """Give a plan that was sent back, with what is to be changed. Raises as `approve_plan`."""
    plan = _hold_sent(actor, year_id)
    if not remark.strip():
        raise JournalRefused(gettext("Say what is to be changed."))
    plan.state, plan.remark = PlanState.DRAFT, remark.strip()
    plan.save()
    log(actor, "year_plan_returned", _label(plan))
    return plan


@transaction.atomic
def open_plan_for_changes(actor: Actor, year_id: int) -> YearPlan:
    """Write on a plan that was sent or approved: it has to be approved anew.

    Raises YearPlan.DoesNotExist for others than the school's psychologists.
    """
    if actor.role != Role.PSYCHOLOGIST:
        raise YearPlan.DoesNotExist
    school = _hold(school_of(actor).pk)
    plan = YearPlan.objects.get(school=school, year=year_id)
    plan.state, plan.approved_by, plan.approved_at = PlanState.DRAFT, None, None
    plan.save()
    log(actor, "year_plan_opened", _label(plan))
    return plan


def _hold_draft(actor: Actor, year_id: int) -> YearPlan:
    """The plan of the year, made where there is none, held until the transaction ends."""
    if actor.role != Role.PSYCHOLOGIST:
        raise SchoolYear.DoesNotExist
    school = school_of(actor)
    _hold(school.pk)
    year = next((each for each in years_of(school) if each.pk == year_id), None)
    if year is None:
        raise SchoolYear.DoesNotExist
    plan, _new = YearPlan.objects.select_related("year", "school__district").get_or_create(school=school, year=year)
    if plan.state != PlanState.DRAFT:
        raise JournalRefused(gettext("This plan is with the principal or approved. Open it for changes first."))
    return plan


def _hold_sent(actor: Actor, year_id: int) -> YearPlan:
    if actor.role != Role.PRINCIPAL:
        raise YearPlan.DoesNotExist
    school = _hold(school_of(actor).pk)
    plan = YearPlan.objects.get(school=school, year=year_id)
    if plan.state != PlanState.SENT:
        raise JournalRefused(gettext("This plan does not wait for you."))
    return plan


def _hold(school_id: int) -> School:
    """Whoever writes a plan of the school does so in turn."""
    return School.objects.select_for_update(no_key=True).get(pk=school_id)


def _refuse_ended(item: PlanItem) -> None:
    if item.state != PlanItemState.OPEN:
        raise JournalRefused(gettext("What became of this item has been said. Open it again first."))


def _held(actor: Actor, appointment_id: UUID) -> Appointment:
    return scoped_appointments(actor).get(pk=appointment_id, state=AppointmentState.HELD)


def _label(plan: YearPlan) -> str:
    return f"journals.YearPlan/{plan.pk}"
