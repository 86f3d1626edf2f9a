"""Cases and tasks go to somebody else when people move: who leads, who helps, and the pupils themselves."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.selectors.people import assignable_members, possible_task_owners
from caseflow.cases.services.access import hand_over
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import lock_case, log_by
from caseflow.cases.services.tasks import pass_on, task_page, task_params
from caseflow.cases.services.withdrawing import withdraw_task
from caseflow.clocks.services import start_clock
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School
from notifications.services import alert

if TYPE_CHECKING:
    from caseflow.accounts.models import User
    from notifications.texts import Params

LEAVER_TASK = "pupil_leaves"
LEAVER_CLOCK = "task_leaver"


def cases_led(user_id: int, school: School) -> QuerySet[Case]:
    """The open cases of the school that somebody leads, by number."""
    return Case.objects.filter(owner=user_id, school=school, closed_at=None).order_by("number")


def tasks_held(user_id: int, school: School) -> QuerySet[Task]:
    """The undone tasks that somebody has in cases of the school, but for those that belong to a class."""
    held = Task.objects.filter(owner=user_id, case__school=school, done_at=None)
    return held.exclude(owner_role=Role.CLASS_TEACHER).order_by("due_at", "pk")


@transaction.atomic
def hand_over_cases(by: "User", user_id: int, school: School, successor: Membership | None) -> int:
    """Give the open cases that somebody leads to a psychologist of the school, else to a lead over it.

    A case that nobody may have, as with a pupil whose parents they all are, stays where it is.
    """
    return sum(_hand_case(by, pk, successor) for pk in cases_led(user_id, school).values_list("pk", flat=True))


@transaction.atomic
def hand_over_tasks(by: "User", user_id: int, school: School, successor: Membership | None) -> int:
    """Give the undone tasks of somebody to `successor`, else to whoever leads the case. Returns how many.

    After `hand_over_cases`, so that who leads is known.
    """
    done = 0
    for task in tasks_held(user_id, school).select_related("case", "owner"):
        owners = possible_task_owners(lock_case(task.case_id)).exclude(user=user_id)
        right = owners.filter(pk=successor.pk).first() if successor else None
        right = right or owners.filter(user=task.case.owner_id, role__in=CASE_ROLES).first()
        done += _hand_task(task, right, by)
    return done


@transaction.atomic
def settle_class_tasks() -> int:
    """Give the undone tasks of class teachers to whoever has the pupil's class now. Returns how many changed hands.

    For the sweeper: a class changes hands on a day, a pupil changes class, a school year turns. Where nobody has the
    class the task stays, and its clock tells whoever leads the case.
    """
    its = {"school_class": OuterRef("case__pupil__school_class"), "school_class__school": OuterRef("case__school")}
    having = _class_teachers(substitute=False).filter(**its)
    teaching = _class_teachers().filter(school_class=OuterRef("case__pupil__school_class"))
    stray = Task.objects.filter(
        ~Exists(teaching.filter(user=OuterRef("owner"))),
        Exists(having),
        done_at=None,
        owner_role=Role.CLASS_TEACHER,
        case__closed_at=None,
    )
    done = 0
    for task in stray.select_related("case", "owner").order_by("pk"):
        owners = possible_task_owners(lock_case(task.case_id))
        done += _hand_task(task, owners.filter(role=Role.CLASS_TEACHER, substitute=False).first(), None)
    return done


@transaction.atomic
def note_leaving(by: "User", pupil_ids: Iterable[UUID], school: School, *, day: date) -> int:
    """Of pupils who leave the school: their open cases there say so, and whoever leads each gets a task and is told.

    Returns how many cases. The case stays with the school until it is closed, referred or handed over.
    """
    cases = Case.objects.filter(pupil__in=list(pupil_ids), school=school, closed_at=None).order_by("number")
    for pk in cases.values_list("pk", flat=True):
        _note_leaver(by, lock_case(pk), day)
    return cases.count()


@transaction.atomic
def note_staying(by: "User", pupil_id: UUID, school: School) -> int:
    """The pupil stays after all: the open cases at the school say so, the tasks that the leaving gave are withdrawn.

    Returns how many cases.
    """
    cases = Case.objects.filter(pupil=pupil_id, school=school, closed_at=None).order_by("number")
    for pk in cases.values_list("pk", flat=True):
        case = lock_case(pk)
        write_entry(case, kind=EntryKind.CASE, code="pupil_stays", author=by)
        for task in case.tasks.filter(clock__code=LEAVER_CLOCK, done_at=None).select_related("owner"):
            task.case = case
            withdraw_task(task, gettext_lazy("the pupil stays at the school"), by=by)
    return cases.count()


@transaction.atomic
def note_in_open_cases(pupil_id: UUID, code: str) -> int:
    """Enter that something happened to the pupil into the open cases, whoever has them. Returns how many."""
    cases = Case.objects.filter(pupil=pupil_id, closed_at=None).order_by("pk")
    for pk in cases.values_list("pk", flat=True):
        write_entry(lock_case(pk), kind=EntryKind.CASE, code=code, author=None)
    return cases.count()


def _class_teachers(**facts: bool) -> QuerySet[Membership]:
    today = timezone.localdate()
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    return Membership.objects.filter(
        in_force, starts_on__lte=today, role=Role.CLASS_TEACHER, user__is_active=True, **facts
    )


def _hand_case(by: "User", case_id: UUID, successor: Membership | None) -> bool:
    case = lock_case(case_id)
    possible = assignable_members(case)
    right = possible.filter(pk=successor.pk).first() if successor else None
    leads = possible.filter(role=Role.LEAD_PSYCHOLOGIST)
    right = right or leads.filter(district__isnull=False).first() or leads.first()
    if right is None:
        return False
    hand_over(case, right, by=by, role="")
    params: Params = {"number": case.number, "school": case.school.names}
    url = reverse("cases:detail", args=[case.pk])
    alert(recipients=[(right.user_id, right.pk)], kind="case_assigned", params=params, url=url)
    return True


def _hand_task(task: Task, right: Membership | None, by: "User | None") -> bool:
    if right is None or not pass_on(task, right, by=by):
        return False
    url = task_page(task.case, right.role)
    alert(recipients=[(right.user_id, right.pk)], kind="task_assigned", params=task_params(task), url=url)
    return True


def _note_leaver(by: "User", case: Case, day: date) -> None:
    write_entry(case, kind=EntryKind.CASE, code="pupil_leaves", author=by, params={"day": f"{day:%d.%m.%Y}"})
    lead = _leader(case)
    if lead is None:
        return
    now = timezone.now()
    clock = start_clock(LEAVER_CLOCK, case.school, now)
    task = Task(
        case=case,
        owner=lead.user,
        owner_role=lead.role,
        given_by=by,
        created_at=now,
        due_at=clock.due_at,
        clock=clock,
    )
    task.title_written = {"code": LEAVER_TASK}
    task.save(force_insert=True)
    write_entry(case, kind=EntryKind.TASK, code="task_given", author=by, ref=f"task:{task.pk}", event_at=now)
    log_by(by, "", "case_task_given", case, task=str(task.pk), owner=lead.user_id)
    params: Params = {"number": case.number, "school": case.school.names}
    url = reverse("cases:detail", args=[case.pk])
    alert(recipients=[(lead.user_id, lead.pk)], kind="pupil_leaves", params=params, url=url)


def _leader(case: Case) -> Membership | None:
    """By which right whoever leads the case leads it; else anybody who may."""
    possible = possible_task_owners(case).filter(role__in=CASE_ROLES)
    return possible.filter(user=case.owner_id).order_by("-role").first() or possible.first()
