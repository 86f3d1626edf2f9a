"""The end of a guardianship, its taking up again, and the parent's role that goes with it.

All in the caller's transaction; the caller records why.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Guardianship, Membership
from caseflow.directory.selectors import active_memberships
from caseflow.directory.services.members import add_member, end_membership


def close_guardianship(guardianship: Guardianship, *, last_day: date) -> bool:
    """End it with that last day; its rights are gone at the next request. False if it has an end already."""
    unended = Guardianship.objects.filter(pk=guardianship.pk, ends_on=None)
    return bool(unended.update(ends_on=last_day, ended_at=timezone.now()))


def reopen_guardianship(guardianship: Guardianship) -> bool:
    """Take back what `close_guardianship` did. False if there is nothing to take back."""
    ended = Guardianship.objects.filter(pk=guardianship.pk, ended_at__isnull=False)
    return bool(ended.update(ends_on=None, ended_at=None))


def stands_for_nobody(guardian_id: UUID) -> bool:
    """Whether the guardian has no pupil left, now or to come."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    return not Guardianship.objects.filter(lasting, guardian=guardian_id, ended_at=None).exists()


def end_portal(actor: Actor | None, guardian: Guardian) -> None:
    """End the parent's role of a guardian who stands for nobody; open sockets close with it."""
    # Of two children ended at once, one is the last.
    Guardian.objects.select_for_update(no_key=True).get(pk=guardian.pk)
    if not stands_for_nobody(guardian.pk):
        return
    lasting = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    for membership in Membership.objects.filter(lasting, guardian=guardian, role=Role.PARENT):
        end_membership(actor, membership)


def give_portal(actor: Actor, guardian: Guardian) -> None:
    """Give the account of a guardian, if there is one, the parent's role again, unless it has it."""
    if guardian.user is None or active_memberships(guardian.user.pk).filter(guardian=guardian).exists():
        return
    role = Membership(role=Role.PARENT, guardian=guardian, starts_on=timezone.localdate())
    add_member(actor, membership=role, user=guardian.user)
