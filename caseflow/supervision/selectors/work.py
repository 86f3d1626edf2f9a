"""The work of a psychologist at a school as the lead sees it: by number, a name only where they may open the case."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.cases.models import Case, Task
from caseflow.cases.selectors.scope import cases_in_unit, scoped_cases
from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_on, stand_ins_of
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School
from caseflow.directory.selectors import WITH_UNIT, members_of_school
from caseflow.protocols.models import Flow


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An open case; `opens` says whether the actor may open it, and so know whose it is."""

    case: Case
    late_tasks: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody has at a school: `cases` they lead, unfinished `tasks` in cases that others lead.

    `member` is None for whoever is no psychologist there any more. `successors` may take it over.
    """

    school: School
    user: User
    member: Membership | None
    absence: Absence | None
    cases: list[CaseRow]
    tasks: list[Task]
    successors: list[Membership]


def work_of(actor: Actor, school_id: int, user_id: int) -> Work:
    """The work of the user at one of the actor's schools. A constant number of queries.

    Raises School.DoesNotExist outside the actor's unit, Membership.DoesNotExist for whoever has no work there.
    """
    school = actor.schools().select_related("district").get(pk=school_id)
    member = members_of_school(school, [Role.PSYCHOLOGIST]).select_related("user").filter(user=user_id).first()
    cases = list(cases_led(actor, school, user_id))
    tasks = list(tasks_elsewhere(actor, school, user_id))
    if member is None and not cases and not tasks:
        raise Membership.DoesNotExist
    opens = set(scoped_cases(actor).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    return Work(
        school=school,
        user=member.user if member else User.objects.get(pk=user_id),
        member=member,
        absence=absences_on([member.pk]).get(member.pk) if member else None,
        cases=[CaseRow(case, case.late_tasks, case.pk in opens) for case in cases],  # type: ignore[attr-defined]  # annotated
        tasks=tasks,
        successors=successors_of(school, user_id, member),
    )


def cases_led(actor: Actor, school: School, user_id: int) -> QuerySet[Case]:
    """The open cases that the user leads at the school, by number, with `late_tasks`; none kept from the actor."""
    late = Q(tasks__done_at=None, tasks__due_at__lt=timezone.now())
    cases = cases_in_unit(actor).filter(school=school, owner=user_id, closed_at=None)
    return cases.select_related("pupil").annotate(late_tasks=Count("tasks", filter=late)).order_by("number")


def tasks_elsewhere(actor: Actor, school: School, user_id: int) -> QuerySet[Task]:
    """The unfinished tasks that the user has as a psychologist in cases of the school that others lead."""
    open_cases = cases_in_unit(actor).filter(school=school, closed_at=None).exclude(owner=user_id)
    tasks = Task.objects.filter(owner=user_id, owner_role=Role.PSYCHOLOGIST, done_at=None)
    return tasks.filter(case__in=open_cases.values("pk")).select_related("case", "owner").order_by("due_at", "pk")


def successors_of(school: School, user_id: int, member: Membership | None) -> list[Membership]:
    """Who may take the work over: the other psychologists of the school, and whoever stands in today."""
    colleagues = members_of_school(school, [Role.PSYCHOLOGIST]).exclude(user=user_id)
    found = list(colleagues.select_related("user").order_by("user__last_name", "user__first_name", "pk"))
    stand_in = stand_ins_of([member.pk]).get(member.pk) if member else None
    if stand_in is not None and stand_in.user_id not in {user_id, *(one.user_id for one in found)}:
        found.append(stand_in)
    return found


def refusals(
    cases: Collection[Case], tasks: Collection[Task], people: Iterable[Membership]
) -> dict[tuple[UUID, int], str]:
    """Who may not have which case or task, by the ids of both, and why. Three queries for each of the people.

    Nobody gets a case about the own child or one that a room keeps from them (rule 10b), nor one in which they are the
    second person of a flow, which the first can never be.
    """
    seconds = set(_second_people(cases))
    refused: dict[tuple[UUID, int], str] = {}
    for member in people:
        who = Actor(member.user, member)
        name = {"name": member.user.short_name}
        open_to = set(cases_in_unit(who).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
        for case in cases:
            if case.pk not in open_to:
                refused[(case.pk, member.pk)] = gettext("It is kept from %(name)s.") % name
            elif (case.pk, member.user_id) in seconds:
                refused[(case.pk, member.pk)] = gettext("%(name)s is the second person in it.") % name
        works_on = set(scoped_cases(who).filter(pk__in=[task.case_id for task in tasks]).values_list("pk", flat=True))
        for task in tasks:
            if task.case_id not in works_on:
                refused[(task.pk, member.pk)] = gettext("%(name)s may not open its case.") % name
    return refused


def members_by_id(ids: Iterable[int]) -> dict[int, Membership]:
    """Memberships with what an actor needs."""
    return Membership.objects.select_related("user", *WITH_UNIT).in_bulk(list(ids))


def _second_people(cases: Collection[Case]) -> Iterable[tuple[UUID, int | None]]:
    running = Flow.objects.filter(case__in=[case.pk for case in cases], ended_at=None)
    return running.values_list("case", "second")


def absences_of_successors(work: Work) -> dict[int, Absence]:
    """Who of those who may take it over is away today. One query."""
    return absences_on(one.pk for one in work.successors)
