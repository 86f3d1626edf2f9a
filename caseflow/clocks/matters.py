"""What clocks are for. A clock does not know; higher rooms say here who has what, and want to know what happens to it.

Like `watchers`: a callable is named by its dotted path, for the clocks whose code begins with a prefix; it is looked up
when it is first needed, and registering twice changes nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from caseflow.clocks.models import Clock, ClockChange
from caseflow.directory.actors import Actor
from caseflow.directory.selectors.kin import own_children
from caseflow.records.models import DataKey

Called = TypeVar("Called")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a clock is for, for somebody who may open it at `url`.

    `may_change`: whether this person may pause and extend the clock, as far as its term allows. `key` seals the
    reasons. `title` is the name of the thing in a sentence of its own, without a pupil's name.
    """

    title: str
    url: str
    key: DataKey
    may_change: bool
    pupil_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a list of clocks may say of one: who has it, "" where that is nobody by name; a page only for whoever may
    open it; by which number it goes, "" where it has none."""

    who: str
    url: str = ""
    number: str = ""

    def __or__(self, other: "Look") -> "Look":
        """What two rooms say of one clock together; the other one's word counts where both say something."""
        return Look(other.who or self.who, other.url or self.url, other.number or self.number)


class Register(Generic[Called]):
    """Callables by the beginning of the codes they are asked about."""

    def __init__(self) -> None:
        self._dotted: dict[tuple[str, str], None] = {}

    def add(self, code_prefix: str, dotted: str) -> None:
        self._dotted[(code_prefix, dotted)] = None

    def of(self, code: str) -> list[Called]:
        return [import_string(dotted) for prefix, dotted in self._dotted if code.startswith(prefix)]

    def all(self) -> list[Called]:
        return [import_string(dotted) for dotted in dict.fromkeys(dotted for _prefix, dotted in self._dotted)]

    def asked(self, code: str | None) -> list[Called]:
        """Those of a code; all for None."""
        return self.all() if code is None else self.of(code)


# (actor, clock id) → the matter, None for whoever may not open it.
matters: Register[Callable[[Actor, UUID], Matter | None]] = Register()
# Told of each change inside its transaction: where an end is kept a second time, it is moved there.
changes: Register[Callable[[Clock, ClockChange], object]] = Register()
# (clock id, number of the step, targets that were told), inside the transaction in which a step is reached.
steps: Register[Callable[[UUID, int, list[str]], object]] = Register()
# (actor, clock ids) → what may be said of them, in a constant number of queries.
looks: Register[Callable[[Actor, Collection[UUID]], dict[UUID, Look]]] = Register()
# (pupils) → the clocks about these pupils: kept from whose children they are (rule 10b). Used as a subquery.
about: Register[Callable[[Collection[UUID]], QuerySet[Clock]]] = Register()
# (actor, own children) → what else is kept from the actor, used as a subquery; None where that is nothing.
kept: Register[Callable[[Actor, Collection[UUID]], QuerySet[Clock] | None]] = Register()


def matter_of(actor: Actor, clock: Clock) -> Matter | None:
    """What the clock is for, None for whoever may not open it."""
    found: Iterable[Matter | None] = (ask(actor, clock.pk) for ask in matters.of(clock.code))
    return next((matter for matter in found if matter), None)


def looks_of(actor: Actor, clocks: Collection[UUID]) -> dict[UUID, Look]:
    """What may be said of these clocks, by id."""
    known: dict[UUID, Look] = {}
    for ask in looks.all():
        for clock, look in ask(actor, clocks).items():
            known[clock] = known[clock] | look if clock in known else look
    return known


def kept_from(actor: Actor, code: str | None = None) -> Iterator[QuerySet[Clock]]:
    """The clocks that are kept from the actor (rule 10b): those of that code, or all. One query, and those of `kept`.

    Most people are no parent of a pupil and no party to a report: for them next to nothing is left to ask.
    """
    children = own_children(actor.user)
    if children:
        yield from (ask(children) for ask in about.asked(code))
    for ask in kept.asked(code):
        clocks = ask(actor, children)
        if clocks is not None:
            yield clocks


def may_know(actor: Actor, clock: Clock) -> bool:
    """Whether the actor's unit reaches the clock's school or region, and no room keeps the clock from the actor."""
    hidden = any(clocks.filter(pk=clock.pk).exists() for clocks in kept_from(actor, clock.code))
    if clock.region_id is not None:
        return not hidden and clock.region_id == actor.membership.region_id
    return not hidden and actor.schools().filter(clocks=clock.pk).exists()
