"""Who has which role where, from when to when."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from caseflow.directory.selectors import find_members

FIRST_PASSWORD_BYTES = 12


@transaction.atomic
def add_member(actor: Actor, *, membership: Membership, user: User) -> tuple[Membership, str | None]:
    """Give `user` the role in the unit of `membership`. Returns it with the first password of a new account, or None.

    The first password is shown once, must be changed at the first sign-in, and is stored only as a hash.
    """
    password = None
    if user._state.adding:
        password = secrets.token_urlsafe(FIRST_PASSWORD_BYTES)
        user.set_password(password)
        user.must_change_password = True
        user.save()
    membership.user = user
    membership.save()
    _note(actor, "give_role", membership)
    return membership, password


class OwnRoleError(Exception):
    """Nobody ends the role they are acting in."""

    def __str__(self) -> str:
        return gettext("You cannot end the role you are acting in.")


@transaction.atomic
def end_role(actor: Actor, membership_id: int) -> None:
    """End somebody's role at once. Raises Membership.DoesNotExist (ended already), OwnRoleError."""
    membership = find_members("").get(pk=membership_id)
    if membership.pk == actor.membership.pk:
        raise OwnRoleError
    end_membership(actor, membership)


@transaction.atomic
def end_membership(actor: Actor | None, membership: Membership, on: date | None = None) -> None:
    """End the role: yesterday is its last day, so that the right is gone at the next request.

    `actor` is None where a day ends it, and nobody.
    """
    last_day = (on or timezone.localdate()) - timedelta(days=1)
    Membership.objects.filter(pk=membership.pk).update(ends_on=max(last_day, membership.starts_on - timedelta(days=1)))
    _note(actor, "end_role", membership)


def _note(actor: Actor | None, action: str, membership: Membership) -> None:
    detail = {"user": membership.user_id, "role": membership.role}
    by, role = (actor.user.pk, actor.role) if actor else (None, "")
    record(action=action, actor_id=by, role=role, obj=f"membership {membership.pk}", detail=detail)
