"""Goals and measures: no measure without owner, due time and outcome (rule 14)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caseflow.cases.models import Case, ChronologyEntry, Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case, complete_task
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.plans.enums import GoalState
from caseflow.plans.models import Goal, Measure
from caseflow.plans.selectors.support import goals_of, list_support_plans, support_plan
from caseflow.plans.services import add_measure, end_goal, set_goal
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor
from tests.plans.factories import fresh, goal_of, measure_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def pedagogue(case: Case) -> Actor:
    return actor(Role.SOCIAL_PEDAGOGUE, school=case.school)


def test_a_goal_says_what_would_show_it_and_is_sealed(who: Actor, case: Case) -> None:
    goal = goal_of(case, who)
    (row,) = goals_of(fresh(who, case))
    assert (row.title, row.shown_by, row.reason, row.is_open) == (
        "Ходит в школу каждый день",
        "Две недели без пропусков",
        "",
        True,
    )
    assert "школу".encode() not in bytes(goal.title_sealed)
    assert ChronologyEntry.objects.filter(case=case, code="goal_set").count() == 1


@pytest.mark.parametrize(("title", "shown_by"), [("", "Видно"), ("Цель", " ")])
def test_a_goal_without_words_is_refused(who: Actor, case: Case, title: str, shown_by: str) -> None:
    with pytest.raises(CaseRefused, match="Write the goal"):
        set_goal(who, case.pk, title=title, shown_by=shown_by)


def test_a_measure_is_a_task_that_its_owner_sees(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    measure = measure_of(goal_of(case, who), who, teacher)
    (row,) = goals_of(fresh(who, case))[0].measures
    assert (row.task.title, row.expected, row.task.outcome) == ("Встречать у входа", "Приходит без опозданий", "")
    assert Task.objects.get(owner=teacher.user) == measure.task
    assert goals_of(fresh(who, case))[0].done == 0
    complete_task(teacher, measure.task_id, outcome="Встречаю")
    after = goals_of(fresh(who, case))[0]
    assert (after.done, after.measures[0].task.outcome) == (1, "Встречаю")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"expected": " "}, "what is to come of the measure"),
        ({"title": ""}, "Write what has to be done"),
        ({"due_at": timezone.now() - timedelta(minutes=1)}, "due in the past"),
        ({"membership_id": 0}, "cannot be given a task"),
    ],
)
def test_a_measure_without_owner_due_time_or_expected_outcome_is_not_kept(
    who: Actor, case: Case, missing: dict[str, Any], said: str
) -> None:
    goal = goal_of(case, who)
    facts: dict[str, Any] = {
        "title": "Встречать",
        "expected": "Приходит",
        "membership_id": who.membership.pk,
        "due_at": timezone.now() + timedelta(days=1),
    }
    with pytest.raises(CaseRefused, match=said):
        add_measure(who, case.pk, goal.pk, **(facts | missing))
    assert (Measure.objects.count(), Task.objects.count()) == (0, 0)


def test_the_database_takes_no_measure_without_what_it_is_to_bring(who: Actor, case: Case) -> None:
    measure = measure_of(goal_of(case, who), who)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(expected_sealed=b"")
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=measure.goal_id).update(state=GoalState.REACHED)


@pytest.mark.parametrize(
    ("state", "code"), [(GoalState.REACHED, "goal_reached"), (GoalState.GIVEN_UP, "goal_given_up")]
)
def test_a_goal_ends_with_a_reason_once_all_its_measures_are_done(
    who: Actor, case: Case, state: GoalState, code: str
) -> None:
    goal = goal_of(case, who)
    measure = measure_of(goal, who)
    with pytest.raises(CaseRefused, match="A measure of this goal is unfinished"):
        end_goal(who, case.pk, goal.pk, state=state, reason="Видно")
    complete_task(who, measure.task_id, outcome="Сделано")
    with pytest.raises(CaseRefused, match="Say why"):
        end_goal(who, case.pk, goal.pk, state=state, reason=" ")
    with pytest.raises(CaseRefused, match="reached or given up"):
        end_goal(who, case.pk, goal.pk, state=GoalState.OPEN, reason="Видно")
    end_goal(who, case.pk, goal.pk, state=state, reason=" Две недели без пропусков ")
    (row,) = goals_of(fresh(who, case))
    assert (row.goal.state, row.reason, row.is_open) == (state, "Две недели без пропусков", False)
    assert ChronologyEntry.objects.filter(case=case, code=code).count() == 1
    for act in (
        lambda: end_goal(who, case.pk, goal.pk, state=state, reason="Снова"),
        lambda: measure_of(goal, who),
    ):
        with pytest.raises(CaseRefused, match="This goal has ended"):
            act()


def test_a_case_with_an_open_goal_is_not_closed(who: Actor, case: Case) -> None:
    goal = goal_of(case, who)
    with pytest.raises(CaseRefused, match="A goal of the support plan is open"):
        close_case(who, case.pk, reason="Пора")
    end_goal(who, case.pk, goal.pk, state=GoalState.GIVEN_UP, reason="Переезд")
    close_case(who, case.pk, reason="Пора")
    with pytest.raises(CaseRefused, match="The case is closed"):
        set_goal(who, case.pk, title="Цель", shown_by="Видно")


def test_a_goal_of_another_case_is_not_there(who: Actor, case: Case) -> None:
    goal = goal_of(case_of(who), who)
    with pytest.raises(Goal.DoesNotExist):
        end_goal(who, case.pk, goal.pk, state=GoalState.REACHED, reason="Видно")
    with pytest.raises(Goal.DoesNotExist):
        add_measure(
            who,
            case.pk,
            goal.pk,
            title="а",
            expected="б",
            membership_id=who.membership.pk,
            due_at=timezone.now() + timedelta(days=1),
        )


def test_the_social_pedagogue_reads_plans_of_the_own_school_and_writes_none(
    who: Actor, case: Case, pedagogue: Actor
) -> None:
    with pytest.raises(Case.DoesNotExist):
        support_plan(pedagogue, case.pk)
    goal = goal_of(case, who)
    assert [row.title for row in support_plan(pedagogue, case.pk).goals] == ["Ходит в школу каждый день"]
    stranger = actor(Role.SOCIAL_PEDAGOGUE, school=psychologist().membership.school)
    with pytest.raises(Case.DoesNotExist):
        support_plan(stranger, case.pk)
    for act in (
        lambda: set_goal(pedagogue, case.pk, title="а", shown_by="б"),
        lambda: end_goal(pedagogue, case.pk, goal.pk, state=GoalState.REACHED, reason="Видно"),
    ):
        with pytest.raises(Case.DoesNotExist):
            act()


def test_a_social_pedagogue_never_reads_the_own_childs_plan(who: Actor, case: Case, pedagogue: Actor) -> None:
    goal_of(case, who)
    parent = GuardianFactory.create(user=pedagogue.user)
    GuardianshipFactory.create(pupil=case.pupil, guardian=parent)
    assert list(list_support_plans(pedagogue)) == []
    with pytest.raises(Case.DoesNotExist):
        support_plan(pedagogue, case.pk)


def test_other_roles_reach_no_support_plan(who: Actor, case: Case) -> None:
    goal_of(case, who)
    teacher = class_teacher_of(case.pupil)
    for other in (teacher, actor(Role.PRINCIPAL, school=case.school), lead_over(case.school)):
        assert list(list_support_plans(other)) == []
        with pytest.raises(Case.DoesNotExist):
            support_plan(other, case.pk)


def test_the_list_counts_what_is_open_by_the_pupils_name_in_one_query(who: Actor, pedagogue: Actor, case: Case) -> None:
    def plan_for(name: str) -> None:
        one = case_of(who, pupil_of(who, last_name=name))
        measure = measure_of(goal_of(one, who), who)
        measure_of(measure.goal, who)
        complete_task(who, measure.task_id, outcome="Сделано")
        ended = goal_of(one, who)
        end_goal(who, one.pk, ended.pk, state=GoalState.GIVEN_UP, reason="Переезд")

    plan_for("Бекова")
    with CaptureQueriesContext(connection) as few:
        (row,) = list_support_plans(pedagogue)
    assert (vars(row)["open_goals"], vars(row)["open_measures"]) == (1, 1)
    for number in range(4):
        plan_for(f"Абаева{number}")
    with CaptureQueriesContext(connection) as many:
        names = [str(one.pupil.last_name) for one in list_support_plans(who)]
    assert names == ["Абаева0", "Абаева1", "Абаева2", "Абаева3", "Бекова"]
    assert len(few) == len(many) == 1


def test_the_goals_of_a_case_take_two_queries_however_many_they_are(who: Actor, case: Case) -> None:
    goal = goal_of(case, who)
    measure_of(goal, who)
    found = fresh(who, case)
    with CaptureQueriesContext(connection) as few:
        goals_of(found)
    for _ in range(3):
        measure_of(goal, who)
        measure_of(goal_of(case, who), who)
    with CaptureQueriesContext(connection) as many:
        goals_of(found)
    assert len(few) == len(many) == 2
