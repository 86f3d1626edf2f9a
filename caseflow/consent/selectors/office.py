"""What the school office sees: how far it has come, what waits for a second person, who has an account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.models import ConsentEvent, Invitation
from caseflow.consent.rules import latest_adult_birth
from caseflow.consent.selectors.gate import Ledger, ledgers
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian, Guardianship, Membership, Pupil, School, SchoolClass
from caseflow.directory.rules import stands
from caseflow.directory.selectors import staff_around


@dataclass(frozen=True, slots=True)
class Coverage:
    """A class and, per purpose, for how many of its pupils the gate is open now."""

    school_class: SchoolClass
    pupils: int
    open: tuple[int, ...]  # in the order of Purpose

    @property
    def by_purpose(self) -> list[tuple[Purpose, int]]:
        return list(zip(Purpose, self.open, strict=True))


def coverage(actor: Actor, now: datetime | None = None) -> list[Coverage]:
    """The classes of this school year with what is open in them (4 queries for any number of pupils)."""
    moment = now or timezone.now()
    pupils = list(actor.pupils().only("pk", "school_id", "school_class_id"))
    known = ledgers(pupil.pk for pupil in pupils)
    today = timezone.localdate(moment)
    classes = actor.classes().filter(year__starts_on__lte=today, year__ends_on__gte=today).select_related("school")
    return [
        _coverage(school_class, [p for p in pupils if p.school_class_id == school_class.pk], known, moment)
        for school_class in classes
    ]


def pending_papers(actor: Actor) -> QuerySet[ConsentEvent]:
    """Consents on paper that wait for a second person, oldest first."""
    entered = ConsentEvent.objects.filter(kind=EventKind.PAPER_ENTERED, answered_by=None, pupil__in=actor.pupils())
    return entered.select_related("pupil__school_class", "guardian", "by").order_by("at")


def guardians_at(actor: Actor) -> QuerySet[Guardian]:
    """The guardians of the actor's pupils."""
    return Guardian.objects.filter(guardianships__pupil__in=actor.pupils()).distinct()


def class_roll(actor: Actor, school_class: SchoolClass) -> QuerySet[Pupil]:
    """The pupils of a class with the guardians in force and whether each has an account or an open code.

    Attributes: `standing` and `ended` (guardianships the office has ended) on a pupil, `open_codes` on a guardian and
    on a pupil, `is_adult`, `has_account` on a pupil, `has_namesake` on a guardianship: somebody works at the school
    under the guardian's names and is not known to be the same person (7 queries for any number).
    """
    now, today = timezone.now(), timezone.localdate()
    codes = Prefetch("invitations", Invitation.objects.filter(used_at=None, expires_at__gt=now), to_attr="open_codes")
    guardians = Guardianship.objects.filter(stands()).annotate(has_namesake=Exists(_namesakes(school_class.school)))
    guardians = guardians.select_related("guardian__staff_account").prefetch_related(
        Prefetch("guardian__invitations", codes.queryset, to_attr="open_codes")
    )
    ended = Guardianship.objects.filter(ended_at__isnull=False).select_related("guardian")
    return (
        actor.pupils()
        .filter(school_class=school_class)
        .annotate(is_adult=Q(birth_date__lte=latest_adult_birth(today)))
        .prefetch_related(
            codes,
            Prefetch("guardianships", guardians, to_attr="standing"),
            Prefetch("guardianships", ended, to_attr="ended"),
            Prefetch("memberships", Membership.objects.filter(role="pupil"), to_attr="accounts"),
        )
    )


def _namesakes(school: School) -> QuerySet[User]:
    """Who works around the school under the names of the outer guardianship's guardian, and is not that guardian."""
    return (
        staff_around(school)
        .filter(last_name=OuterRef("guardian__last_name"), first_name=OuterRef("guardian__first_name"))
        .exclude(pk=Coalesce(OuterRef("guardian__user"), 0))
        .exclude(pk=Coalesce(OuterRef("guardian__staff_account"), 0))
    )


def _coverage(school_class: SchoolClass, pupils: list[Pupil], known: dict[UUID, Ledger], now: datetime) -> Coverage:
    mine = [known[pupil.pk] for pupil in pupils if pupil.pk in known]
    opened = tuple(
        sum(ledger.allows(purpose, frame_at=now, now=now, operator_id=school_class.school_id) for ledger in mine)
        for purpose in Purpose
    )
    return Coverage(school_class, len(pupils), opened)
