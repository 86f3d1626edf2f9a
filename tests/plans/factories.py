"""Plans for tests, made the way the product makes them. Everything is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.plans.enums import Step, Way
from caseflow.plans.models import Goal, Measure, SafetyPlanVersion
from caseflow.plans.rules import Line, Mark, PlanText
from caseflow.plans.services import Given, add_measure, begin_draft, save_draft, set_goal, sign_plan

SECRET, SHARED = "Сижу в темноте и молчу", "Таблетки хранит мама у себя"
INK = "[[[100,200],[300,80],[500,220],[820,120]]]"
DRAWN = Mark(Way.DRAWN, INK)


def text(*, name: str = "Мадина", **steps: list[Line]) -> PlanText:
    """A text that may be signed; steps by the names of `Step` in small letters replace its own."""
    usual = {Step.SIGNS: [Line(SECRET)], Step.SURROUNDINGS: [Line(SHARED, shared=True)]}
    wanted = usual | {Step[key.upper()]: lines for key, lines in steps.items()}
    return PlanText(name, tuple(tuple(wanted.get(step, ())) for step in Step))


def drafted(who: Actor, case: Case, words: PlanText | None = None) -> PlanText:
    """The draft of the case's plan with that text."""
    seen = begin_draft(who, case.pk)
    return save_draft(who, case.pk, words or text(), seen_sha256=seen.sha256)


def given(**changes: Any) -> Given:
    day = timezone.localdate() + timedelta(days=30)
    facts: dict[str, Any] = {"read_aloud": True, "pupil": DRAWN, "psychologist": DRAWN, "review_on": day}
    return Given(**(facts | changes))


def signed(who: Actor, case: Case, words: PlanText | None = None) -> SafetyPlanVersion:
    """A version of the case's plan that pupil and psychologist have signed."""
    draft = drafted(who, case, words)
    return sign_plan(who, case.pk, given(), seen_sha256=draft.sha256)


def goal_of(case: Case, who: Actor, title: str = "Ходит в школу каждый день") -> Goal:
    return set_goal(who, case.pk, title=title, shown_by="Две недели без пропусков")


def measure_of(goal: Goal, who: Actor, owner: Actor | None = None, title: str = "Встречать у входа") -> Measure:
    """A measure of the goal, due in a day."""
    return add_measure(
        who,
        goal.case_id,
        goal.pk,
        title=title,
        expected="Приходит без опозданий",
        membership_id=(owner or who).membership.pk,
        due_at=timezone.now() + timedelta(days=1),
    )


def fresh(who: Actor, case: Case) -> Case:
    """The case as selectors take it."""
    return scoped_cases(who).select_related("data_key", "pupil").get(pk=case.pk)
