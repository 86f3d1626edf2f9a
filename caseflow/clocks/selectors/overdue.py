"""Every missed clock of a unit: none is left out, whatever it is for and whether its ladder reached anybody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from caseflow.clocks.matters import Look, kept_from, looks_of
from caseflow.clocks.models import Clock, Escalation, EscalationStep
from caseflow.clocks.watchers import watchers_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import School
from prepared import prepared

NOBODY, EXHAUSTED, CLIMBING = 0, 1, 2
# What stands first however long it is overdue, by the beginning of its code, the most urgent first.
URGENT = ("psych_assessment_acute", "protocol_step", "loss_step_urgent", "police_informed")


@dataclass(frozen=True, slots=True)
class Overdue:
    """A missed clock: whether anybody heard of it (`rank`), the steps it has reached, and who has it."""

    clock: Clock
    rank: int
    reached: tuple[Escalation, ...]
    look: Look

    @property
    def reaches_nobody(self) -> bool:
        return self.rank == NOBODY

    @property
    def is_exhausted(self) -> bool:
        return self.rank == EXHAUSTED

    @property
    def told(self) -> list[str]:
        """Whom the highest step told at which somebody was there."""
        return next((step.told for step in reversed(self.reached) if step.told), [])


class Missed(NamedTuple):
    """How many clocks are missed at a school, and since when the first of them."""

    school_id: int
    number: int
    oldest: datetime


def overdue_clocks(actor: Actor, school: int | None = None, code: str = "") -> QuerySet[Clock]:
    """The missed clocks of the actor's schools, with `rank`: first what is urgent by itself, then what nobody was told
    of, then the others, the longest overdue first.

    Those kept from the actor (rule 10b) are not among them: somebody else sees those.
    """
    clocks = missed_clocks(actor).select_related("school", "missed_number")
    clocks = clocks.filter(school=school) if school else clocks
    clocks = clocks.filter(code=code) if code else clocks
    return clocks.annotate(rank=_rank(_unheard(clocks))).order_by(*_by_urgency(), "due_at", "pk")


def rows_of(actor: Actor, clocks: Sequence[Clock]) -> list[Overdue]:
    """The clocks as rows; the queries do not grow with their number."""
    ids = [clock.pk for clock in clocks]
    reached: defaultdict[Any, list[Escalation]] = defaultdict(list)
    for step in Escalation.objects.filter(clock__in=ids).order_by("step"):
        reached[step.clock_id].append(step)
    looks = looks_of(actor, ids) if ids else {}
    return [
        Overdue(clock, clock.rank, tuple(reached[clock.pk]), looks.get(clock.pk, Look("")))  # type: ignore[attr-defined]  # annotated
        for clock in clocks
    ]


def overdue_choices(actor: Actor) -> tuple[list[School], list[str]]:
    """The schools and the codes that have something overdue, for the filters. Two queries."""
    missed = missed_clocks(actor)
    schools = School.objects.filter(pk__in=missed.values("school")).order_by("name_ru", "pk")
    return list(schools), list(missed.order_by("code").values_list("code", flat=True).distinct())


def missed_clocks(actor: Actor) -> QuerySet[Clock]:
    """The missed clocks of the actor's schools that no room keeps from them, in no order. Three queries before it."""
    return _without(kept_from(actor), _past_their_end(actor, timezone.now()))


def missed_by_school(actor: Actor) -> list[Missed]:
    """How many of them there are in each of the actor's schools that has any. Four queries."""
    now, hidden = timezone.now(), list(kept_from(actor))
    rows = _without(hidden, _past_their_end(actor, now)) if hidden else None
    return list(map(Missed._make, _counted(actor, now) if rows is None else _by_school(rows)))


def _without(hidden: Iterable[QuerySet[Clock]], clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    for some in hidden:
        clocks = clocks.exclude(pk__in=some.values("pk"))
    return clocks


def _past_their_end(actor: Actor, now: datetime) -> QuerySet[Clock]:
    return Clock.objects.filter(stopped_at=None, due_at__lt=now, school__in=actor.schools())


def _by_school(clocks: QuerySet[Clock]) -> QuerySet[Clock, tuple[int, int, datetime]]:
    return clocks.order_by().values_list("school").annotate(number=Count("pk"), oldest=Min("due_at"))


@prepared
def _counted(actor: Actor, now: datetime) -> QuerySet[Clock, tuple[int, int, datetime]]:
    return _by_school(_past_their_end(actor, now))


def _unheard(clocks: QuerySet[Clock]) -> list[str]:
    """The codes among them of which no room wants to hear."""
    codes = clocks.order_by().values_list("code", flat=True).distinct()
    return [code for code in codes if not watchers_of(code)]


def _by_urgency() -> tuple[Case, Case]:
    urgent = (When(code__startswith=code, then=Value(place)) for place, code in enumerate(URGENT))
    of_matter = Case(*urgent, default=Value(len(URGENT)), output_field=IntegerField())
    return of_matter, Case(When(rank=NOBODY, then=Value(0)), default=Value(1), output_field=IntegerField())


def _rank(unheard: list[str]) -> Case:
    """Nobody was told: its ladder was climbed, and every step was empty; or it has none, and nobody watches it."""
    told = Exists(Escalation.objects.filter(clock=OuterRef("pk")).exclude(told=[]))
    laddered = Exists(EscalationStep.objects.filter(code=OuterRef("code")))
    nobody = (Q(escalation_step__gt=0) & ~Q(told)) | (~Q(laddered) & Q(code__in=unheard))
    ends = (Q(escalation_step__gt=0) & Q(next_step_at=None)) | ~Q(laddered)
    return Case(
        When(nobody, then=Value(NOBODY)),
        When(ends, then=Value(EXHAUSTED)),
        default=Value(CLIMBING),
        output_field=IntegerField(),
    )
