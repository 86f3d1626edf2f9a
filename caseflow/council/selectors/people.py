"""Who sits in a council, and how alerts reach whom a decision concerns."""

from datetime import date

from django.db.models import Q, QuerySet

from caseflow.accounts.models import User
from caseflow.council.models import Council, Decision, Member, Session
from caseflow.council.rules import READERS, STEERERS
from caseflow.directory.selectors import members_of_region, officers_of, recipients

Pairs = list[tuple[int, int | None]]


def members_on(council: Council, day: date) -> QuerySet[Member]:
    """Who sits in the council on that day: chair, deputies, secretary, then the others as they came."""
    there = Q(until=None) | Q(until__gte=day)
    return Member.objects.filter(there, council=council, since__lte=day).select_related("agency", "user").order_by("pk")


def carriers_of(decision: Decision) -> Pairs:
    """The officers of the agency that carries it out."""
    return recipients(officers_of(decision.agency)) if decision.agency else []


def steerers_of(decision: Decision) -> Pairs:
    """Chair and prosecutor of the region."""
    return recipients(members_of_region(decision.session.council.region, STEERERS))


def readers_of(session: Session, *, without: int) -> Pairs:
    """Everybody of the council who signs in here, but for `without` (a user)."""
    return recipients(members_of_region(session.council.region, READERS).exclude(user=without))


def possible_users(council: Council) -> QuerySet[User]:
    """Those who sign in here as chair, prosecutor or member of that region."""
    rights = members_of_region(council.region, READERS)
    return User.objects.filter(pk__in=rights.values("user")).order_by("last_name", "first_name", "pk")


def is_reached(decision: Decision) -> bool:
    """Whether somebody at the agency signs in here and would read the decision."""
    return decision.agency is not None and officers_of(decision.agency).exists()
