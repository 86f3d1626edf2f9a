"""A missed task climbs from its owner to the leads, and the chronology of its case keeps each step."""

from datetime import timedelta

import pytest

from caseflow.cases.models import Case, Task
from caseflow.cases.selectors.chronology import chronology
from caseflow.cases.selectors.pages import case_file
from caseflow.clocks.models import EscalationStep
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.models import Alert
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, task_for
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def task(who: Actor) -> Task:
    """A task of the psychologist's own, due in a day."""
    return task_for(case_of(who), who)


def lines(who: Actor, case: Case) -> list[str]:
    file = case_file(who, case.pk)
    return [line.title for line in chronology(file.case, who, file.sources).lines]


def test_a_missed_task_climbs_from_its_owner_to_the_lead_and_the_region(who: Actor) -> None:
    case = case_of(who)
    teacher, lead = class_teacher_of(case.pupil), lead_over(case.school)
    region = actor(Role.LEAD_PSYCHOLOGIST, region=case.school.district.region)
    task = task_for(case, who, teacher)
    Alert.objects.all().delete()
    told = []
    for rise in ladder_of(task.clock):
        sweep(rise.due_at + timedelta(minutes=1))
        told.append(set(Alert.objects.values_list("recipient", flat=True)))
        Alert.objects.all().delete()

    assert told == [{teacher.user.pk, who.user.pk}, {lead.user.pk}, {region.user.pk}]
    assert lines(who, case)[:3] == [
        "The deadline of a task was missed. Told: lead psychologist of the region",
        "The deadline of a task was missed. Told: lead psychologist of the district",
        "The deadline of a task was missed. Told: whoever has it, psychologist of the school",
    ]


def test_a_step_that_reaches_nobody_stands_in_the_chronology_too(who: Actor, task: Task) -> None:
    sweep(task.due_at + 30 * DAY)

    assert "The deadline of a task was missed, and nobody was there to be told" in lines(who, task.case)
    assert "The deadline of a task was missed. Told: whoever has it, psychologist of the school" in lines(
        who, task.case
    )


def test_a_step_is_written_down_in_the_transaction_that_reaches_it(
    who: Actor, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseflow.clocks.services.escalating._tell", None)

    sweep(task.due_at + HOUR)

    assert not task.clock.escalations.exists()
    assert not any("missed" in line for line in lines(who, task.case))


def test_a_house_without_a_ladder_for_tasks_tells_everybody_at_once(who: Actor, task: Task) -> None:
    EscalationStep.objects.filter(code="task").delete()
    lead = lead_over(task.case.school)

    sweep(task.due_at + HOUR)

    missed = Alert.objects.filter(kind="deadline_missed")
    assert set(missed.values_list("recipient", flat=True)) == {who.user.pk, lead.user.pk}
