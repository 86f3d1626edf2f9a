"""A substitute who was named or ended by mistake is none, or is one again, for a few seconds."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from caseflow.schoolyear.services.classes import end_substitute, substitutes_of
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError

NAMED, ENDED = "substitute_named", "substitute_ended"


def facts_of(given: Membership) -> dict[str, str]:
    """The days of a substitute, as the act left them."""
    return {"first": given.starts_on.isoformat(), "last": given.ends_on.isoformat() if given.ends_on else ""}


def facts_of_ended(before: Membership) -> dict[str, str]:
    """The days from before a substitution was ended, and the last one that is left now."""
    return facts_of(before) | {"now": facts_of(Membership.objects.get(pk=before.pk))["last"]}


def let_go(actor: Actor, membership_id: str, facts: Facts) -> str:
    """Nobody substitutes there: the right is gone at the next request. Returns the page of the class.

    Raises Membership.DoesNotExist (of another school, ended or given other days since).
    """
    days = {"starts_on": facts["first"], "ends_on": facts["last"]}
    given = substitutes_of(actor).get(pk=membership_id, **days)
    end_substitute(actor, given.pk)
    return reverse("schoolyear:class", args=[given.school_class_id])


@transaction.atomic
def substitute_again(actor: Actor, membership_id: str, facts: Facts) -> str:
    """Let the substitution go on as it was; `now` is the last day that ending it left. Returns the page of the class.

    Raises Membership.DoesNotExist (of another school, or other days since), TooLateError (the days are over, or the
    account is closed).
    """
    days = {"starts_on": facts["first"], "ends_on": facts["now"]}
    ended = substitutes_of(actor).select_for_update(of=("self",), no_key=True).select_related("user")
    given = ended.get(pk=membership_id, **days)
    last = date.fromisoformat(facts["last"])
    if last < timezone.localdate() or not given.user.is_active:
        raise TooLateError
    Membership.objects.filter(pk=given.pk).update(ends_on=last)
    record(
        action="class.substituted_again",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"class {given.school_class_id}",
        detail={"user": given.user_id, "from": facts["first"]},
    )
    return reverse("schoolyear:class", args=[given.school_class_id])
