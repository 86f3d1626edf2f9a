"""Much work given to others at once: seen beforehand, then done in one transaction or not at all."""

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import LONGEST_REASON
from caseflow.cases.services import hand_over, hand_over_task
from caseflow.cases.services.locking import lock_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.supervision.rules import MOST_AT_ONCE, SupervisionRefused, deal
from caseflow.supervision.selectors.work import Work, members_by_id, refusals, work_of
from notifications.enums import AlertKind
from notifications.services import alert


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be handed over: ids of cases and tasks of one person's work, to whom, by ids of memberships."""

    cases: frozenset[UUID]
    tasks: frozenset[UUID]
    to: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One case or task and who gets it; None where it stays, `why` says the reason. `tasks` go along with a case."""

    number: int
    case: Case
    task: Task | None
    to: Membership | None
    why: str
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What would move and what would stay. `digest` is the same for the same moves alone.

    `along` are the tasks that went with their case, once it is done: ids of case and task, and of the user who has it.
    """

    work: Work
    moves: list[Move]
    along: tuple[tuple[UUID, UUID, int], ...] = ()

    @property
    def going(self) -> list[Move]:
        return [move for move in self.moves if move.to]

    @property
    def staying(self) -> list[Move]:
        return [move for move in self.moves if not move.to]

    @property
    def digest(self) -> str:
        said = sorted(f"{_id(move)}>{move.to.pk if move.to else ''}+{move.tasks}" for move in self.moves)
        return sha256("\n".join(said).encode()).hexdigest()


class PlanChanged(SupervisionRefused):
    """What would move is not what was seen; nothing was done, and `plan` is how it stands now."""

    def __init__(self, message: str, plan: Plan) -> None:
        super().__init__(message)
        self.plan = plan


@transaction.atomic
def open_work(actor: Actor, school_id: int, user_id: int) -> Work:
    """The work of somebody at a school; the reading is logged. Raises as `work_of` does."""
    work = work_of(actor, school_id, user_id)
    record(
        action="workload_read",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"directory.School/{school_id}",
        detail={"user": user_id},
    )
    return work


def plan_reassignment(actor: Actor, school_id: int, user_id: int, chosen: Chosen) -> Plan:
    """What would move and what would stay, and why; nothing is changed.

    Raises as `work_of` does, SupervisionRefused (nothing or too much chosen, nobody to take it, somebody who may not).
    """
    work = work_of(actor, school_id, user_id)
    cases = [row.case for row in work.cases if row.case.pk in chosen.cases]
    tasks = [task for task in work.tasks if task.pk in chosen.tasks]
    if not 0 < len(cases) + len(tasks) <= MOST_AT_ONCE:
        raise SupervisionRefused(gettext("Tick what is to be handed over, at most %(most)s.") % {"most": MOST_AT_ONCE})
    allowed = {one.pk for one in work.successors}
    if not chosen.to or set(chosen.to) - allowed:
        raise SupervisionRefused(gettext("Choose a psychologist of the school or whoever stands in."))
    return Plan(work, _moves(work, cases, tasks, chosen.to))


@transaction.atomic
def reassign(actor: Actor, school_id: int, user_id: int, chosen: Chosen, *, reason: str, seen: str) -> Plan:
    """Hand the work over as it was seen (`seen` is the digest of the plan): all that can go, in one transaction.

    Each case says so in its chronology, with the reason; whoever had the work and whoever gets it are told. Raises as
    `plan_reassignment` does, and SupervisionRefused for no reason or nothing that can go, PlanChanged.
    """
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise SupervisionRefused(gettext("Say why."))
    _lock(actor, school_id, user_id, chosen)
    plan = plan_reassignment(actor, school_id, user_id, chosen)
    if plan.digest != seen:
        raise PlanChanged(gettext("Something has changed meanwhile. Look at it again; nothing was done."), plan)
    if not plan.going:
        raise SupervisionRefused(gettext("Nothing of this can be handed over."))
    along = [row for move in plan.going for row in _carry_out(actor, move, user_id, reason.strip())]
    _log(actor, plan)
    _tell(plan)
    return replace(plan, along=tuple(along))


def _moves(work: Work, cases: list[Case], tasks: list[Task], to: tuple[int, ...]) -> list[Move]:
    people = members_by_id(to)
    ordered = [pk for pk in to if pk in people]
    refused = refusals(cases, tasks, [people[pk] for pk in ordered])
    along = Counter(
        Task.objects.filter(
            case__in=[case.pk for case in cases], owner=work.user, owner_role=Role.PSYCHOLOGIST, done_at=None
        ).values_list("case", flat=True)
    )
    by_id = {case.pk: case for case in cases}
    moves = [
        Move(by_id[one.thing].number, by_id[one.thing], None, _who(people, one.to), one.why, along[one.thing])
        for one in deal(list(by_id), ordered, refused)
    ]
    tasks_by_id = {task.pk: task for task in tasks}
    for one in deal(list(tasks_by_id), ordered, refused):
        task = tasks_by_id[one.thing]
        moves.append(Move(task.case.number, task.case, task, _who(people, one.to), one.why))
    return moves


def _who(people: dict[int, Membership], pk: int | None) -> Membership | None:
    return people[pk] if pk is not None else None


def _lock(actor: Actor, school_id: int, user_id: int, chosen: Chosen) -> None:
    """Take hold of the cases in one order, so that two who hand work over never wait for each other."""
    work = work_of(actor, school_id, user_id)
    held = {row.case.pk for row in work.cases if row.case.pk in chosen.cases}
    held |= {task.case_id for task in work.tasks if task.pk in chosen.tasks}
    for case_id in sorted(held):
        lock_case(case_id)


def _carry_out(actor: Actor, move: Move, user_id: int, reason: str) -> list[tuple[UUID, UUID, int]]:
    """Do one move; returns the tasks that went with a case."""
    case, to = lock_case(move.case.pk), cast("Membership", move.to)  # what goes has somebody to whom
    if move.task is None:
        hand_over(case, to, by=actor.user, role=actor.role, reason=reason)
        rows = Task.objects.filter(case=case, owner=user_id, owner_role=Role.PSYCHOLOGIST, done_at=None)
    else:
        rows = Task.objects.filter(pk=move.task.pk)
    tasks = list(rows.select_related("owner"))
    for task in tasks:
        task.case = case
        hand_over_task(actor, task, to, reason=reason if move.task else "")
    return [] if move.task else [(case.pk, task.pk, to.user_id) for task in tasks]


def _log(actor: Actor, plan: Plan) -> None:
    record(
        action="work_reassigned",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"directory.School/{plan.work.school.pk}",
        detail={
            "from": plan.work.user.pk,
            "to": sorted({move.to.user_id for move in plan.going if move.to}),
            "cases": sum(move.task is None for move in plan.going),
            "tasks": sum(move.task is not None for move in plan.going),
        },
    )


def _tell(plan: Plan) -> None:
    """One alert for each of them, however much it is."""
    got = Counter(move.to.pk for move in plan.going if move.to)
    people = {move.to.pk: move.to for move in plan.going if move.to}
    school = plan.work.school.names
    for pk, number in got.items():
        alert(
            recipients=[(people[pk].user_id, pk)],
            kind=AlertKind.WORK_RECEIVED,
            params={"number": number, "school": school},
            url=reverse("cases:list") + "?whose=mine",
        )
    if plan.work.member is not None:
        alert(
            recipients=[(plan.work.user.pk, plan.work.member.pk)],
            kind=AlertKind.WORK_HANDED_OVER,
            params={"number": len(plan.going), "school": school},
            url=reverse("cases:list"),
        )


def _id(move: Move) -> UUID:
    return move.task.pk if move.task else move.case.pk
