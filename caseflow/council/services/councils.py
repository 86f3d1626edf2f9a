"""Setting a council up, and who sits in it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.clocks.days import span
from caseflow.council.enums import Duty, SessionState
from caseflow.council.models import Council, Member
from caseflow.council.rules import STEERERS, CouncilRefused
from caseflow.council.selectors.people import possible_users
from caseflow.council.selectors.scope import agencies_of
from caseflow.council.services.holding import hold_council, log
from caseflow.directory.actors import Actor


@dataclass(frozen=True, slots=True)
class Named:
    """What a council is called in each language, and how many of a hundred members have to be there."""

    name_kk: str
    name_ru: str
    name_en: str
    quorum_percent: int


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who sits in a council. `agency` and `user` are ids of the directory."""

    name: str
    position: str
    duty: str
    since: date
    agency: int | None = None
    user: int | None = None


@transaction.atomic
def set_up(actor: Actor, named: Named) -> Council:
    """Set up the council of the actor's region, or change what it is called. Raises Council.DoesNotExist."""
    region = actor.membership.region
    if actor.role not in STEERERS or region is None:
        raise Council.DoesNotExist
    facts = {name: getattr(named, name) for name in Named.__dataclass_fields__}
    council, made = Council.objects.update_or_create(region=region, defaults=facts)
    log(actor, "council_set_up" if made else "council_changed", council, **facts)
    return council


@transaction.atomic
def seat_member(actor: Actor, seat: Seat) -> Member:
    """Let somebody sit in the council from a day on. Raises Council.DoesNotExist, CouncilRefused (a second chair, a
    user who sits there already, a body of another region)."""
    council = hold_council(actor)
    if seat.agency is not None and not agencies_of(council).filter(pk=seat.agency).exists():
        raise CouncilRefused(gettext("This body is not of the region."))
    if seat.user is not None and not possible_users(council).filter(pk=seat.user).exists():
        raise CouncilRefused(gettext("This person has no right in the council of the region."))
    _refuse_double(council, seat)
    member = Member.objects.create(
        council=council,
        agency_id=seat.agency,
        user_id=seat.user,
        name=seat.name.strip(),
        position=seat.position.strip(),
        duty=seat.duty,
        since=seat.since,
    )
    log(actor, "council_member_seated", council, member=member.pk, duty=seat.duty)
    return member


@transaction.atomic
def unseat_member(actor: Actor, member_id: int, last_day: date | None = None) -> Member:
    """End a seat with that day (today). Raises Member.DoesNotExist, CouncilRefused (a session is held in which they
    sit: its quorum counts them)."""
    council = hold_council(actor)
    member = council.members.get(pk=member_id, until=None)
    member.until = last_day or timezone.localdate()
    if member.until < member.since:
        raise CouncilRefused(gettext("The seat would end before it began."))
    if member.until > timezone.localdate():
        raise CouncilRefused(gettext("A seat ends today or has ended."))
    if council.sessions.filter(state=SessionState.HELD, starts_at__gte=span(member.until, member.until)[1]).exists():
        raise CouncilRefused(gettext("A session is being held in which they sit. Close it first."))
    member.save(update_fields=["until"])
    log(actor, "council_member_unseated", council, member=member.pk)
    return member


def _refuse_double(council: Council, seat: Seat) -> None:
    there = council.members.filter(until=None)
    if seat.duty == Duty.CHAIR and there.filter(duty=Duty.CHAIR).exists():
        raise CouncilRefused(gettext("The council has a chair. End that seat first."))
    if seat.user is not None and there.filter(user=seat.user).exists():
        raise CouncilRefused(gettext("This person sits in the council already."))
