"""A class goes to another teacher on a day, or somebody substitutes there for some days."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.cases.services.handing import settle_class_tasks
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import employees_of
from caseflow.directory.services.members import end_membership
from caseflow.schoolyear.errors import days_over, not_staff
from caseflow.schoolyear.selectors.staff import Led, class_led

DAY = timedelta(days=1)


@transaction.atomic
def hand_class_over(actor: Actor, class_id: int, *, user_id: int, first: date) -> Membership:
    """Give a class to a teacher from `first` on; whoever has it loses it the day before, today at the next request.

    Undone tasks of the class teacher go with the class on that day. Raises SchoolClass.DoesNotExist, YearRefused.
    """
    led = class_led(actor, class_id)
    _require(actor, user_id, first, first)
    for membership in led.leading:
        if membership.user_id != user_id and (membership.ends_on is None or membership.ends_on >= first):
            end_membership(actor, membership, first)
    given = next((each for each in led.leading if each.user_id == user_id and each.ends_on is None), None)
    if given is None:
        given = _give(user_id, class_id, first, None, substitute=False)
    _log(actor, "class.handed_over", led, given)
    settle_class_tasks()
    return given


@transaction.atomic
def name_substitute(actor: Actor, class_id: int, *, user_id: int, first: date, last: date) -> Membership:
    """Let somebody have the class from a day to a day, both included; it ends by itself.

    They see what the class teacher sees and confirm the seats of these days. Raises SchoolClass.DoesNotExist,
    YearRefused.
    """
    led = class_led(actor, class_id)
    _require(actor, user_id, first, last)
    given = _give(user_id, class_id, first, last, substitute=True)
    _log(actor, "class.substituted", led, given)
    return given


@transaction.atomic
def end_substitute(actor: Actor, membership_id: int) -> Membership:
    """End a substitution early, at the next request. Returns it as it was. Raises Membership.DoesNotExist."""
    ending = substitutes_of(actor).filter(ends_on__gte=timezone.localdate()).get(pk=membership_id)
    end_membership(actor, ending)
    return ending


def substitutes_of(actor: Actor) -> QuerySet[Membership]:
    """Who substitutes, did or will in classes of the actor's school."""
    return Membership.objects.filter(substitute=True, school_class__school__in=actor.schools())


def _require(actor: Actor, user_id: int, first: date, last: date) -> None:
    if not timezone.localdate() <= first <= last:
        raise days_over()
    if not employees_of(actor.schools().get()).filter(pk=user_id).exists():
        raise not_staff()


def _give(user_id: int, class_id: int, first: date, last: date | None, *, substitute: bool) -> Membership:
    return Membership.objects.create(
        user_id=user_id,
        role=Role.CLASS_TEACHER,
        school_class_id=class_id,
        starts_on=first,
        ends_on=last,
        substitute=substitute,
    )


def _log(actor: Actor, action: str, led: Led, given: Membership) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"class {led.school_class.pk}",
        detail={"user": given.user_id, "from": given.starts_on.isoformat()},
    )
