"""Who may read a note, when a case may be closed: small predicates, one home for pages and API."""

from dataclasses import dataclass
from uuid import UUID

from caseflow.cases.enums import GRAVE, Visibility
from caseflow.directory.enums import Role

CASE_ROLES = frozenset({Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST})
# Who knows the tasks given to them and nothing else of a case; a head's come from protocols alone.
TASK_ROLES = frozenset({Role.SOCIAL_PEDAGOGUE, Role.CLASS_TEACHER, Role.PRINCIPAL})
OWNER_ROLES = CASE_ROLES | TASK_ROLES

LONGEST_NOTE = 20_000
LONGEST_REASON = 4_000
LONGEST_FORMULATION = 4_000
LONGEST_TITLE = 300


class CaseRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """What was asked is not possible in this state of the case; `str` says why in the reader's language."""


class PupilHasOpenCase(CaseRefused):
    """A pupil has one open case at a school at most; `case_id` is the one to link to."""

    def __init__(self, message: str, case_id: UUID) -> None:
        super().__init__(message)
        self.case_id = case_id


def may_read_text(*, visibility: str, author_id: int | None, user_id: int, role: Role) -> bool:
    """Whether somebody who may open the case may also read this entry's text."""
    return visibility != Visibility.ME_AND_LEAD or author_id == user_id or role == Role.LEAD_PSYCHOLOGIST


def needs_formulation(level: str) -> bool:
    """Whether a level is set only together with how its author understands it; for the others it is asked for."""
    return level in GRAVE


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of closing a case, as a sentence, and where that is mended: a page and its name."""

    said: str
    url: str
    page: str


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands in the way of closing a case; `unfinished_tasks` are told one by one."""

    unfinished_tasks: int
    others: tuple[Obstacle, ...] = ()

    @property
    def sentences(self) -> list[str]:
        return [other.said for other in self.others]

    def __bool__(self) -> bool:
        return self.unfinished_tasks > 0 or bool(self.others)
