"""A task completed by mistake is open again, and the chronology says both."""

import pytest
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, Task
from caseflow.cases.services import close_case, complete_task, finish_task, set_risk
from caseflow.cases.wordings import sentence
from caseflow.directory.actors import Actor
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import Written, save_draft
from caseflow.undo.rules import TooLateError
from tests.cases.factories import case_of, class_teacher_of, psychologist, task_for
from tests.directory.factories import signed_in
from tests.undo.factories import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def completed(who: Actor, task: Task, outcome: str = "Поговорили с мамой") -> Task:
    return complete_task(who, task.pk, outcome=outcome)


def test_it_waits_again_its_clock_runs_on_and_the_words_are_a_draft(who: Actor, case: Case) -> None:
    task = completed(who, task_for(case, who))
    assert undone(who, "task_done", task.pk, at=task.done_at) == reverse("cases:detail", args=[case.pk])
    task = Task.objects.select_related("clock").get(pk=task.pk)
    assert (task.done_at, task.done_by, task.outcome_sealed, task.clock.stopped_at) == (None, None, b"", None)
    kept = own_draft(who, f"outcome-{task.pk}")
    assert kept is not None
    assert kept.text == "Поговорили с мамой"
    lines = [sentence(entry.kind, entry.code, entry.params) for entry in case.entries.filter(ref=f"task:{task.pk}")]
    assert {"Task completed", "Taken back at once: the task is open again"} <= set(lines)
    assert AuditEntry.objects.get(action="case_task_undone").actor_id == who.user.pk
    completed(who, task, "Теперь правда")
    assert Task.objects.get(pk=task.pk).done_at is not None


def test_a_class_teacher_goes_back_to_the_own_tasks(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    task = completed(teacher, task_for(case, who, teacher))
    assert undone(teacher, "task_done", task.pk, at=task.done_at) == reverse("cases:tasks")


def test_what_another_device_writes_meanwhile_stays(who: Actor, case: Case) -> None:
    task = completed(who, task_for(case, who))
    key = f"outcome-{task.pk}"
    save_draft(who, Written(key, {"outcome": "Другое"}, None))
    undone(who, "task_done", task.pk, at=task.done_at)
    kept = own_draft(who, key)
    assert kept is not None
    assert kept.text == "Другое"


def test_nothing_is_taken_back_once_something_was_built_on_it(who: Actor, case: Case) -> None:
    mate = psychologist(who.membership.school)
    added = completed(who, task_for(case, who))
    finish_task(mate, added.pk, outcome="И я звонила", after=added.pk)
    with pytest.raises(TooLateError):
        undone(who, "task_done", added.pk, at=added.done_at)
    last = completed(who, task_for(case, who))
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    close_case(who, case.pk, reason="Поддержка больше не нужна")
    with pytest.raises(TooLateError):
        undone(who, "task_done", last.pk, at=last.done_at)


def test_words_added_to_what_a_colleague_completed_are_not_undone(who: Actor, case: Case) -> None:
    task = completed(psychologist(who.membership.school), task_for(case, who))
    sent = {"outcome": "И я звонила", "after": str(task.pk)}
    page = signed_in(who).post(reverse("cases:complete", args=[task.pk]), sent, follow=True)
    assert "The task is completed." in page.content.decode()
    assert "data-undo-offer" not in page.content.decode()
