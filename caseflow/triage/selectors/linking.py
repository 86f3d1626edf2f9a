"""Which cases an item can be linked to."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.models.people import class_name
from caseflow.triage.models import TriageItem
from prepared import prepared

BY_NAME = ("pupil__last_name", "pupil__first_name", "-opened_at")
OFFERED = 500  # a list by name, in which every open case of a school has to be


class LinkableCase(NamedTuple):
    """A case as it is offered: enough to be known by. Without a class, `grade` is None."""

    pk: UUID
    number: int
    last_name: str
    first_name: str
    grade: int | None
    letter: str | None

    @property
    def pupil(self) -> str:
        return f"{self.last_name} {self.first_name}"

    @property
    def school_class(self) -> str:
        return "" if self.grade is None else class_name(self.grade, self.letter or "")


def linkable_cases(actor: Actor, item: TriageItem) -> QuerySet[Case]:
    """The open cases an item can be linked to, the pupil's own first, then by name: those of the school that the actor
    may open, and the pupil's own in any case, for a link gives no access."""
    own = Q(pupil=item.pupil_id) if item.pupil_id else Q(pk=None)
    within = Case.objects.filter(own if _only_own(item) else Q(pk__in=scoped_cases(actor).values("pk")) | own)
    cases = within.filter(school=item.school, closed_at=None).select_related("pupil__school_class")
    return cases.alias(is_own=ExpressionWrapper(own, BooleanField())).order_by("-is_own", *BY_NAME)


def own_case_of(item: TriageItem) -> Case | None:
    """The open case of the item's pupil at the item's school: the one an item about a pupil is linked to."""
    return _own_case.first(item.pupil_id, item.school_id) if item.pupil_id else None


def cases_to_link(actor: Actor, item: TriageItem) -> tuple[LinkableCase, ...]:
    """At most 500 of `linkable_cases`, by name, for an item whose pupil has no open case."""
    if _only_own(item):
        return ()
    return tuple(map(LinkableCase._make, _offered(actor, item.school_id, timezone.now())))


def _only_own(item: TriageItem) -> bool:
    return item.second_person and item.pupil_id is not None  # a cry for help does not vanish in another's case


@prepared
def _own_case(pupil_id: UUID, school_id: int) -> QuerySet[Case]:
    return Case.objects.filter(pupil=pupil_id, school=school_id, closed_at=None)


@prepared
def _offered(
    actor: Actor, school_id: int, now: datetime
) -> QuerySet[Case, tuple[UUID, int, str, str, int | None, str | None]]:
    cases = scoped_cases(actor, now).filter(school=school_id, closed_at=None).order_by(*BY_NAME)
    of_class = ("pupil__school_class__grade", "pupil__school_class__letter")
    return cases.values_list("pk", "number", "pupil__last_name", "pupil__first_name", *of_class)[:OFFERED]
