"""Everything one page of a case shows, gathered in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.audit.selectors import entries
from caseflow.cases.deadlines import Deadline, nearest_beside_tasks
from caseflow.cases.models import Case, RiskAssessment, Task
from caseflow.cases.selectors.assessments import Assessed, read_assessment
from caseflow.cases.selectors.chronology import Chronology, Sources
from caseflow.cases.selectors.lists import TaskRow, read_task
from caseflow.cases.selectors.people import People
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.rules import age_on
from prepared import prepared


def _names(of: str, *more: str) -> tuple[str, ...]:
    return tuple(f"{of}__{name}" for name in ("last_name", "first_name", "patronymic", *more))


# What the pages about a case show of it and of those around it. A person has twenty columns more.
OF_CASE = (
    *(field.attname for field in Case._meta.concrete_fields),
    *_names("pupil", "birth_date", "died_on", "school"),
    *("pupil__school_class__grade", "pupil__school_class__letter"),
    *("school__name_kk", "school__name_ru", "school__name_en", "school__district__region"),
    *_names("owner"),
    "data_key__wrapped",
)
OF_ASSESSMENT = ("case", "level", "basis_sealed", "formulation_sealed", "at", *_names("by"))
OF_TASK = (
    *(
        "case",
        "title_sealed",
        "title_written",
        "outcome_sealed",
        "outcome_written",
        "owner_role",
        "created_at",
        "due_at",
        "done_at",
        "withdrawn",
        *_names("owner"),
    ),
    *(f"clock__{name}" for name in ("started_at", "warn_at", "due_at", "stopped_at", "paused_at", "paused_until")),
)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its tasks and assessments in clear: what every page about it starts from.

    `beside` is what is due first of each other room.
    """

    case: Case
    tasks: list[TaskRow]
    assessments: list[Assessed]
    beside: list[Deadline]

    @property
    def age(self) -> int:
        return age_on(self.case.pupil.birth_date, timezone.localdate())

    @property
    def current(self) -> RiskAssessment | None:
        return self.assessments[0].assessment if self.assessments else None

    @property
    def unfinished(self) -> list[TaskRow]:
        return [row for row in self.tasks if row.task.done_at is None]

    @property
    def nearest(self) -> Deadline | None:
        """What is due first: an unfinished task, or something of another room."""
        tasks = [Deadline(row.task.clock, row.title) for row in self.unfinished[:1]]
        return min([*self.beside, *tasks], key=lambda deadline: deadline.clock.due_at, default=None)

    @property
    def sources(self) -> Sources:
        return Sources(
            tasks={row.task.pk: row for row in self.tasks},
            assessments={assessed.assessment.pk: assessed for assessed in self.assessments},
        )


@dataclass(frozen=True, slots=True)
class CasePage:
    """The first page of a case."""

    file: CaseFile
    chronology: Chronology
    people: People


def case_file(actor: Actor, case_id: UUID) -> CaseFile:
    """The case with its tasks and assessments. Three queries, and one for each other room with deadlines.

    Raises Case.DoesNotExist outside the actor's scope.
    """
    case = _case.first(actor, case_id, timezone.now())
    if case is None:
        raise Case.DoesNotExist
    assessments, tasks = _assessments(case_id), _tasks(case_id)
    for task in tasks:
        task.case = case
    return CaseFile(
        case,
        tasks=[read_task(task) for task in tasks],
        assessments=[read_assessment(case, assessment) for assessment in assessments],
        beside=nearest_beside_tasks(case) if case.is_open else [],
    )


@prepared
def _case(actor: Actor, case_id: UUID, now: datetime) -> QuerySet[Case]:
    shown = scoped_cases(actor, now).select_related("pupil__school_class", "school__district", "owner", "data_key")
    return shown.filter(pk=case_id).only(*OF_CASE)


@prepared
def _assessments(case_id: UUID) -> QuerySet[RiskAssessment]:
    return RiskAssessment.objects.filter(case=case_id).select_related("by").only(*OF_ASSESSMENT)


@prepared
def _tasks(case_id: UUID) -> QuerySet[Task]:
    return Task.objects.filter(case=case_id).select_related("owner", "clock").only(*OF_TASK)


def acts_on_case(case: Case) -> QuerySet[AuditEntry]:
    """Who opened the case and what was done with it, the newest first."""
    return entries().filter(pupil_id=case.pupil_id, obj=case_label(case.pk))


def case_label(case_id: UUID) -> str:
    """How the audit names a case."""
    return f"cases.Case/{case_id}"
