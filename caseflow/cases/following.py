"""What follows from an assessment of the risk, from a task that is done, and from a change of school. Higher rooms say
so; this room only knows their names."""

from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from caseflow.directory.actors import Actor

if TYPE_CHECKING:
    from caseflow.cases.models import Case, RiskAssessment, Task

_assessed: dict[str, None] = {}
_completed: dict[str, None] = {}
_reopened: dict[str, None] = {}
_transferred: dict[str, None] = {}


def follow_assessments(dotted: str) -> None:
    """Have `dotted`, a callable `(actor: Actor, case: Case, assessment: RiskAssessment)`, called for each assessment.

    It is called inside the transaction in which the assessment is recorded, with the case locked.
    """
    _assessed[dotted] = None


def assessed(actor: Actor, case: "Case", assessment: "RiskAssessment") -> None:
    """Tell those who follow."""
    for dotted in _assessed:
        import_string(dotted)(actor, case, assessment)


def follow_tasks(*, completed: str, reopened: str) -> None:
    """Have `completed`, a callable `(actor: Actor, task: Task, outcome: str)`, called for each task that is done, and
    `reopened`, a callable `(actor: Actor, task: Task)`, for each whose completion is taken back at once.

    They are called inside that transaction, with the case locked; `reopened` raises TooLateError where it cannot be.
    """
    _completed[completed] = None
    _reopened[reopened] = None


def task_completed(actor: Actor, task: "Task", outcome: str) -> None:
    """Tell those who follow."""
    for dotted in _completed:
        import_string(dotted)(actor, task, outcome)


def task_reopened(actor: Actor, task: "Task") -> None:
    """Tell those who follow."""
    for dotted in _reopened:
        import_string(dotted)(actor, task)


def follow_transfers(dotted: str) -> None:
    """Have `dotted`, a callable `(owner: Actor, case: Case)`, called for each case that went over to another school.

    It is called inside that transaction, with the case locked and its new school and owner at hand.
    """
    _transferred[dotted] = None


def transferred(owner: Actor, case: "Case") -> None:
    """Tell those who follow."""
    for dotted in _transferred:
        import_string(dotted)(owner, case)
