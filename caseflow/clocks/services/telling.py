"""Whoever is told of a deadline while away is told together with who stands in."""

from collections.abc import Collection, Iterable, Iterator

from django.urls import reverse

from caseflow.clocks.matters import looks_of, may_know
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.absences import stand_ins_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from caseflow.directory.models.memberships import UNITS
from caseflow.directory.selectors import WITH_UNIT
from notifications.services import News, tell
from notifications.texts import Params

Pair = tuple[int, int | None]


def tell_of_deadline(
    clock: Clock, recipients: Iterable[Pair], *, kind: str, params: Params, url: str, besides: Collection[int] = ()
) -> int:
    """Alert the recipients, and who stands in for those of them who are away; returns how many are told.

    Who stands in is told only of what they may know by their own right (rule 10b), and is led where they may go.
    `besides` are users who are told anyway.
    """
    told = list(recipients)
    known = {user for user, _membership in told} | set(besides)
    extra = [News([pair], kind, params, where) for pair, where in _stand_ins(clock, told, url, known)]
    return tell([News(told, kind, params, url), *extra])


def _stand_ins(clock: Clock, told: list[Pair], url: str, known: set[int]) -> Iterator[tuple[Pair, str]]:
    away = stand_ins_of([membership for _user, membership in told if membership])
    members = Membership.objects.select_related("user", *WITH_UNIT).in_bulk([*away, *(one.pk for one in away.values())])
    for absent, stand_in in away.items():
        who = members[stand_in.pk]
        actor = Actor(who.user, who)
        if who.user_id not in known and may_know(actor, clock):
            known.add(who.user_id)
            yield (who.user_id, who.pk), url if _same_place(members[absent], who) else _own_way(actor, clock)


def _same_place(one: Membership, other: Membership) -> bool:
    return one.role == other.role and all(getattr(one, f"{unit}_id") == getattr(other, f"{unit}_id") for unit in UNITS)


def _own_way(actor: Actor, clock: Clock) -> str:
    """Where somebody of another unit finds it: its page where they may open it, else their own first page."""
    look = looks_of(actor, [clock.pk]).get(clock.pk)
    return look.url if look and look.url else reverse("home")
