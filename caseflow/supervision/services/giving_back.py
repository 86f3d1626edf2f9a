"""Work that was handed over by mistake goes back, for a few seconds and by whoever handed it over."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.models import Task
from caseflow.cases.services import hand_over, hand_over_task
from caseflow.cases.services.locking import lock_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School
from caseflow.directory.selectors import members_of_school
from caseflow.supervision.rules import LEADS
from caseflow.supervision.services.reassigning import Plan
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError
from notifications.enums import AlertKind
from notifications.services import alert


@dataclass(frozen=True, slots=True)
class Given:
    """What one person got: a case, or a task of it."""

    case: UUID
    task: UUID | None
    by_now: int


def facts_of(plan: Plan) -> dict[str, str] | None:
    """What is remembered of work that was handed over; None where it cannot simply go back: somebody who stands in was
    let into a case, or whoever had the work is no longer there."""
    if plan.work.member is None or any(move.to and move.to.role in LEADS for move in plan.going):
        return None
    given = [f"{move.case.pk}/{move.task.pk if move.task else ''}/{move.to.user_id}" for move in plan.going if move.to]
    along = [f"{case}/{task}/{user}" for case, task, user in plan.along]
    return {"school": str(plan.work.school.pk), "given": " ".join([*given, *along])}


@transaction.atomic
def give_back(actor: Actor, user_id: str, facts: Facts) -> str:
    """Everything goes back to whoever had it; the chronologies keep both, and all concerned are told again.

    All of it or nothing. Returns the page of the board. Raises School.DoesNotExist, Membership.DoesNotExist,
    TooLateError (something of it was handed on, done or closed meanwhile).
    """
    if actor.role not in LEADS:
        raise TooLateError
    school = actor.schools().get(pk=facts["school"])
    before = members_of_school(school, [Role.PSYCHOLOGIST]).select_related("user").get(user=int(user_id))
    given = sorted(_read(facts["given"]), key=lambda one: (str(one.case), str(one.task or "")))
    for one in given:
        _return(actor, one, before)
    record(
        action="work_given_back",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"directory.School/{school.pk}",
        detail={"to": before.user_id, "number": len(given)},
    )
    _tell(school, before, given)
    return reverse("supervision:board")


def _read(given: str) -> Iterator[Given]:
    for said in given.split():
        case, task, user = said.split("/")
        yield Given(UUID(case), UUID(task) if task else None, int(user))


def _return(actor: Actor, given: Given, before: Membership) -> None:
    case = lock_case(given.case)
    why = gettext("Handed over by mistake and given back at once")
    if given.task is None:
        if case.owner_id != given.by_now or not case.is_open:
            raise TooLateError
        hand_over(case, before, by=actor.user, role=actor.role, reason=why)
        return
    task = Task.objects.select_related("owner").get(pk=given.task, owner=given.by_now, done_at=None)
    task.case = case
    hand_over_task(actor, task, before, reason=why)


def _tell(school: School, before: Membership, given: list[Given]) -> None:
    """One alert for each of them, as when the work went the other way."""
    had = Counter(one.by_now for one in given)
    people = members_of_school(school, [Role.PSYCHOLOGIST]).filter(user__in=had)
    for user_id, pk in people.values_list("user_id", "pk"):
        alert(
            recipients=[(user_id, pk)],
            kind=AlertKind.WORK_HANDED_OVER,
            params={"number": had[user_id], "school": school.names},
            url=reverse("cases:list"),
        )
    alert(
        recipients=[(before.user_id, before.pk)],
        kind=AlertKind.WORK_RECEIVED,
        params={"number": len(given), "school": school.names},
        url=reverse("cases:list") + "?whose=mine",
    )
