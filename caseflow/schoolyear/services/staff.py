"""Somebody leaves the school: all that they have in hand goes to others, and all their roles end, with one act."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from caseflow.schoolyear.errors import days_over, not_staff, own_roles
from caseflow.schoolyear.selectors.staff import Held, person_of, roles_at

DAY = timedelta(days=1)


@transaction.atomic
def end_all_roles(actor: Actor, user_id: int, last_day: date, successors: Mapping[str, int | None]) -> dict[str, int]:
    """End every role of a person at the school with `last_day`; yesterday ends them at the next request.

    What they have in hand is handed over now, by kind of thing to a membership or, for None, to whom the kind says.
    What the person is elsewhere, a parent above all, stays. Returns how much of each kind went over.
    Raises User.DoesNotExist, YearRefused (own roles, a day before yesterday, a successor who cannot have it).
    """
    if user_id == actor.user.pk:
        raise own_roles()
    if last_day < timezone.localdate() - DAY:
        raise days_over()
    person, school = person_of(actor, user_id), actor.schools().select_related("district").get()
    chosen = {held.kind.code: _successor(held, successors.get(held.kind.code)) for held in person.held}
    done = {
        held.kind.code: held.kind.hand_over(actor.user, user_id, school, chosen[held.kind.code]) for held in person.held
    }
    for membership in roles_at(school).filter(user=user_id):
        _end(membership, last_day)
    detail = {"last_day": last_day.isoformat(), "roles": len(person.roles), **done}
    record(action="staff.left", actor_id=actor.user.pk, role=actor.role, obj=f"user {user_id}", detail=detail)
    return done


def _successor(held: Held, chosen: int | None) -> Membership | None:
    if chosen is None:
        return None
    found = next((each for each in held.successors if each.pk == chosen), None)
    if found is None:
        raise not_staff()
    return found


def _end(membership: Membership, last_day: date) -> None:
    """A role that begins later never does."""
    ends_on = max(last_day, membership.starts_on - DAY)
    if membership.ends_on is None or membership.ends_on > ends_on:
        Membership.objects.filter(pk=membership.pk).update(ends_on=ends_on)
