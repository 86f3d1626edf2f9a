"""What the table is written in: who gets which answer on a route, by what the asked object is to them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from caseflow.directory.enums import Role

JSON: Final = "application/json"
LOGIN: Final = "login"  # sent to the sign-in page
Answer = int | str  # a status, or LOGIN


class Relation(StrEnum):
    """What an object is to the person who asks for it. Each `objects_of_*.py` says it of its kinds of objects."""

    OWN = "own"
    ASSIGNED = "assigned"
    SAME_SCHOOL = "same_school"
    OTHER_SCHOOL = "other_school"
    CLOSED = "closed"
    CONFLICT = "conflict"  # about the own child, or a report one is party to (rule 10b)
    REVOKED = "revoked"  # the own object, the day after the right has ended
    NONE = "none"  # the route takes no object


OWN, ASSIGNED, SAME_SCHOOL, OTHER_SCHOOL, CLOSED, CONFLICT = list(Relation)[:6]
REVOKED, NONE = Relation.REVOKED, Relation.NONE
OBJECTS: Final = (OWN, ASSIGNED, SAME_SCHOOL, OTHER_SCHOOL, CLOSED, CONFLICT)  # what an object of a kind can be

By = Mapping[Relation, Answer]
Sent = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a route, as a body needs to know it: who asks, for which object, in which world."""

    role: Role | None
    relation: Relation
    thing: Mapping[str, Any]
    places: Any


@dataclass(frozen=True, slots=True)
class Cell:
    """All cells of one route and method. `kind` names the object it takes, "" where it takes none."""

    route: str
    method: str
    kind: str
    allow: Mapping[Role, By]
    others: Answer
    anonymous: Answer
    revoked: Answer
    sends: Callable[[Asked], Sent] | None = None
    content_type: str = ""  # of the body; "" is a form
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, role: Role | None, relation: Relation) -> Answer | None:
        """What is expected; None for a cell that nobody has filled."""
        if role is None:
            return self.anonymous
        if relation is REVOKED:
            return self.revoked
        return self.allow[role].get(relation) if role in self.allow else self.others

    def questions(self, relations: tuple[Relation, ...]) -> Iterator[tuple[Role | None, Relation]]:
        """Every role with every relation, and visitors once."""
        yield None, relations[0]
        for role in Role:
            for relation in (*relations, REVOKED):
                yield role, relation


def cell(
    route: str,
    method: str,
    kind: str = "",
    *,
    allow: Mapping[Role, By | Answer],
    sends: Callable[[Asked], Sent] | Sent | None = None,
    others: Answer = 403,
    anonymous: Answer = LOGIN,
    revoked: Answer = 403,
    headers: Mapping[str, str] | None = None,
    content_type: str = "",
) -> Cell:
    """A page that only the roles in `allow` enter. An answer alone stands for the route without an object."""
    answers = {role: by if isinstance(by, Mapping) else {NONE: by} for role, by in allow.items()}
    send = sends if callable(sends) or sends is None else _always(sends)
    return Cell(route, method, kind, answers, others, anonymous, revoked, send, content_type, headers or {})


def api(
    route: str,
    method: str,
    kind: str = "",
    *,
    allow: Mapping[Role, By | Answer],
    sends: Callable[[Asked], Sent] | Sent | None = None,
) -> Cell:
    """An endpoint of the API: visitors get 403, bodies are JSON."""
    return cell(route, method, kind, allow=allow, sends=sends, anonymous=403, content_type=JSON)


def open_to_all(
    route: str, method: str, *, visitors: Answer, signed_in: Answer, sends: Sent | None = None, body: str = ""
) -> Cell:
    """A page without roles: what visitors get, and what everybody who is signed in gets, with a right or without."""
    return cell(
        route,
        method,
        allow={},
        sends=sends,
        others=signed_in,
        anonymous=visitors,
        revoked=signed_in,
        content_type=body,
    )


def each(roles: tuple[Role, ...], by: By | Answer) -> dict[Role, By | Answer]:
    """The same answers for several roles."""
    return dict.fromkeys(roles, by)


def within(status: int, **by: Answer) -> dict[Relation, Answer]:
    """`status` for what lies in the own unit, 404 for what does not; `by` names what differs, relation by relation."""
    usual: dict[Relation, Answer] = dict.fromkeys((OWN, ASSIGNED, SAME_SCHOOL, CLOSED), status)
    usual |= dict.fromkeys((OTHER_SCHOOL, CONFLICT), 404)
    return usual | {Relation(name): answer for name, answer in by.items()}


def only(status: int, *relations: Relation, **by: Answer) -> dict[Relation, Answer]:
    """`status` for these relations, 404 for all others but those that `by` names."""
    usual: dict[Relation, Answer] = dict.fromkeys(Relation, 404)
    return usual | dict.fromkeys(relations, status) | {Relation(name): answer for name, answer in by.items()}


def _always(sent: Sent) -> Callable[[Asked], Sent]:
    return lambda _asked: sent
