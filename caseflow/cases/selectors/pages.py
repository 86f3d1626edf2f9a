"""Everything one page of a case shows, gathered in a constant number of queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.audit.selectors import entries
from caseflow.cases.models import Case, RiskAssessment
from caseflow.cases.selectors.chronology import Chronology, Sources, bases_of
from caseflow.cases.selectors.lists import TaskRow, read_task
from caseflow.cases.selectors.people import People
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.rules import age_on


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment with what it was based on, in clear."""

    assessment: RiskAssessment
    basis: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its tasks and assessments in clear: what every page about it starts from."""

    case: Case
    tasks: list[TaskRow]
    assessments: list[Assessed]

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
    def nearest(self) -> TaskRow | None:
        """The unfinished task that is due first."""
        return next(iter(self.unfinished), None)

    @property
    def sources(self) -> Sources:
        return Sources(
            tasks={row.task.pk: row for row in self.tasks},
            bases={assessed.assessment.pk: assessed.basis for assessed in self.assessments},
        )


@dataclass(frozen=True, slots=True)
class CasePage:
    """The first page of a case."""

    file: CaseFile
    chronology: Chronology
    people: People


def case_file(actor: Actor, case_id: UUID) -> CaseFile:
    """The case with its tasks and assessments. Three queries. Raises Case.DoesNotExist outside the actor's scope."""
    case = scoped_cases(actor).select_related("pupil__school_class", "school__district", "owner", "data_key")
    found = case.get(pk=case_id)
    assessments = list(found.assessments.select_related("by"))
    bases = bases_of(found, assessments)
    return CaseFile(
        case=found,
        tasks=[read_task(task) for task in found.tasks.select_related("owner", "clock")],
        assessments=[Assessed(assessment, bases[assessment.pk]) for assessment in assessments],
    )


def acts_on_case(case: Case) -> QuerySet[AuditEntry]:
    """Who opened the case and what was done with it, the newest first."""
    return entries().filter(pupil_id=case.pupil_id, obj=case_label(case.pk))


def case_label(case_id: UUID) -> str:
    """How the audit names a case."""
    return f"cases.Case/{case_id}"
