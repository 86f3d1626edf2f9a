"""Which cases and tasks somebody reaches. Everything that reads or changes a case starts here."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from caseflow.cases.keeping import without_kept
from caseflow.cases.models import BreakGlass, Case, CaseUserObjectPermission, Task
from caseflow.cases.rules import CASE_ROLES, OWNER_ROLES
from caseflow.clocks.selectors.absences import covered_by
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School


def scoped_cases(actor: Actor, now: datetime | None = None) -> QuerySet[Case]:
    """The cases the actor may open: a psychologist's school's, a lead's granted ones; never the own child's."""
    if actor.role not in CASE_ROLES:
        return Case.objects.none()
    cases = cases_in_unit(actor)
    if actor.role == Role.LEAD_PSYCHOLOGIST:
        cases = cases.filter(Exists(_grants(actor)) | Exists(_broken_glass(actor, now or timezone.now())))
    return cases


def case_in_reach(actor: Actor, case_id: UUID) -> Case:
    """One of `scoped_cases` with its school and pupil. Raises Case.DoesNotExist."""
    return scoped_cases(actor).select_related("school__district", "pupil").get(pk=case_id)


def cases_in_unit(actor: Actor) -> QuerySet[Case]:
    """All cases of the actor's schools but the own child's and those kept from the actor: for counts, and to find what
    glass is broken for."""
    return cases_of_schools(actor, actor.schools())


def cases_of_schools(actor: Actor, schools: QuerySet[School] | Sequence[int]) -> QuerySet[Case]:
    """`cases_in_unit` where it is known already which schools, or some of them, the actor reaches: ids that were read
    from `actor.schools()` cost the database less than its working them out again for each case."""
    cases = Case.objects.filter(~Q(pupil__in=actor.children()), school__in=schools)
    return without_kept(actor, cases)


def workable_tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks the actor may see and complete: their own in this role, and all of the cases they may open."""
    return Task.objects.filter(Q(pk__in=own_tasks(actor).values("pk")) | Q(case__in=scoped_cases(actor).values("pk")))


def own_tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks given to the actor in the role they act in, as long as the unit still reaches the pupil.

    A class teacher's belong to the class: whoever has it now, or substitutes there today, has them too.
    """
    if actor.role not in OWNER_ROLES:
        return Task.objects.none()
    tasks = Task.objects.filter(
        ~Q(case__pupil__in=actor.children()), owner_role=actor.role, case__school__in=actor.schools()
    )
    if actor.role == Role.CLASS_TEACHER:
        return tasks.filter(case__pupil__school_class__in=actor.classes())
    return tasks.filter(owner=actor.user)


def covered_tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks of those for whom the actor stands in today, as far as the actor may do them by their own right."""
    absent = Q(pk=None)
    for who in covered_by(actor):
        there = {"case__school": who.school_id} if who.school_id else {}
        absent |= Q(owner=who.user_id, owner_role=who.role, **there)
    return workable_tasks(actor).filter(absent)


def open_case_of(pupil_id: UUID, school_id: int) -> Case | None:
    """The pupil's open case at that school, whoever asks: for services that decide whether to link or to open.

    Another school's case of a pupil who has moved stays unknown here until it is handed over.
    """
    return Case.objects.filter(pupil=pupil_id, school=school_id, closed_at=None).first()


def _grants(actor: Actor) -> QuerySet[CaseUserObjectPermission]:
    return CaseUserObjectPermission.objects.filter(
        content_object=OuterRef("pk"), user=actor.user, permission__codename="work_on_case"
    )


def _broken_glass(actor: Actor, now: datetime) -> QuerySet[BreakGlass]:
    return BreakGlass.objects.filter(case=OuterRef("pk"), user=actor.user, ends_at__gt=now)
