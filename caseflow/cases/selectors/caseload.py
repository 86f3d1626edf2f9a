"""How many cases are open, for whoever looks at many schools: a sum that the database keeps, not a count of cases."""

from collections import Counter
from uuid import UUID

from django.db.models import QuerySet

from caseflow.cases.keeping import keepers, kept_by
from caseflow.cases.models import Case, Caseload
from caseflow.directory.actors import Actor
from prepared import prepared


def open_by_school(actor: Actor) -> Counter[int]:
    """How many cases are open in each of the actor's schools that ever had one, without the own child's and those kept
    from the actor (rule 10b). Two queries, one more for each room that keeps some from this actor."""
    open_at = Counter(dict(_open_at(actor)))
    hidden = dict([*_of_own_children(actor), *(row for room in keepers() for row in _kept(actor, room))])
    open_at.subtract(school for school in hidden.values() if school in open_at)
    return open_at


@prepared
def _open_at(actor: Actor) -> QuerySet[Caseload, tuple[int, int]]:
    return Caseload.objects.filter(school__in=actor.schools()).values_list("school", "number")


@prepared
def _of_own_children(actor: Actor) -> QuerySet[Case, tuple[UUID, int]]:
    return _open(Case.objects.filter(pupil__in=actor.children()))


@prepared
def _kept(actor: Actor, room: str) -> QuerySet[Case, tuple[UUID, int]]:
    return _open(kept_by(actor, room))


def _open(cases: QuerySet[Case]) -> QuerySet[Case, tuple[UUID, int]]:
    return cases.filter(closed_at=None).order_by().values_list("pk", "school")
