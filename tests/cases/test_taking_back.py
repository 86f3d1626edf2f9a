"""A task completed by mistake is open again, one given by mistake is withdrawn, and the chronology says both."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case, complete_task, finish_task, hand_over_task, set_risk
from caseflow.cases.wordings import sentence
from caseflow.directory.actors import Actor
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import Written, save_draft
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import take_back
from notifications.models import Alert
from tests.cases.factories import case_of, class_teacher_of, psychologist, task_for
from tests.directory.factories import signed_in
from tests.undo.factories import offer_in, undone

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


def given(who: Actor, case: Case, to: Actor) -> Task:
    return task_for(case, who, to, title="Наблюдать на переменах")


def as_given(task: Task) -> dict[str, Any]:
    return {"at": task.created_at, "owner": str(task.owner_id)}


def test_a_task_given_by_mistake_is_withdrawn_its_owner_told_and_the_words_are_a_draft(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    task = given(who, case, teacher)
    assert undone(who, "task_given", task.pk, **as_given(task)) == reverse("cases:task", args=[case.pk])
    task = Task.objects.select_related("clock").get(pk=task.pk)
    assert (task.withdrawn, task.done_by, task.clock.stopped_at) == (True, who.user, task.done_at)
    told = list(Alert.objects.filter(recipient=teacher.user).order_by("pk").values_list("kind", flat=True))
    assert told == ["task_assigned", "task_withdrawn"]
    kept = own_draft(who, f"task-{case.pk}")
    assert kept is not None
    assert kept.fields["title"] == "Наблюдать на переменах"
    titles = [sentence(line.kind, line.code, line.params) for line in case.entries.filter(ref=f"task:{task.pk}")]
    assert sorted(titles) == ["Task given", "Task withdrawn: nobody has to do it any more"]
    page = signed_in(teacher).get(reverse("cases:complete", args=[task.pk])).content.decode()
    assert "Nobody has to do it any more." in page
    with pytest.raises(CaseRefused, match="withdrawn"):
        finish_task(teacher, task.pk, outcome="Наблюдала")


def test_a_task_that_is_done_or_with_somebody_else_is_not_taken_back(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    done, passed = given(who, case, teacher), given(who, case, teacher)
    completed(teacher, done)
    hand_over_task(who, Task.objects.select_related("case__data_key", "owner").get(pk=passed.pk), who.membership)
    for task in (done, passed):
        with pytest.raises(TooLateError):
            undone(who, "task_given", task.pk, **as_given(task))
    other = psychologist()
    with pytest.raises(TooLateError):
        undone(other, "task_given", passed.pk, **as_given(passed))


def test_the_page_offers_to_take_a_given_task_back(who: Actor, case: Case) -> None:
    due = timezone.localtime() + timedelta(days=2)
    sent = {"title": "Поговорить", "owner": who.membership.pk, "due_at": f"{due:%Y-%m-%dT%H:%M}"}
    answer = signed_in(who).post(reverse("cases:task", args=[case.pk]), sent)
    take_back(who, offer_in(answer))
    assert Task.objects.get().withdrawn
