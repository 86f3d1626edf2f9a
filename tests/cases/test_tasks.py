from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.models import Case, Task
from caseflow.cases.rules import OWNER_ROLES, CaseRefused
from caseflow.cases.selectors.people import possible_task_owners
from caseflow.cases.selectors.scope import own_tasks, workable_tasks
from caseflow.cases.services import add_task, assign_case, close_case, complete_task
from caseflow.cases.services.reading import open_own_tasks
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.models import Alert
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, pupil_of, task_for
from tests.directory.factories import (
    GuardianFactory,
    GuardianshipFactory,
    MembershipFactory,
    SchoolClassFactory,
    actor,
)

pytestmark = pytest.mark.django_db


def test_a_task_runs_a_clock_until_it_is_done() -> None:
    who = psychologist()
    task = task_for(case_of(who), who)
    assert (task.clock.code, task.clock.due_at, task.clock.stopped_at) == ("task", task.due_at, None)
    done = complete_task(who, task.pk, outcome="Поговорили")
    task.clock.refresh_from_db()
    assert (task.clock.stopped_at, done.done_by) == (done.done_at, who.user)


def test_the_owner_reads_what_to_do_and_what_came_of_it() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher, "Будьте внимательны на переменах")
    assert open_own_tasks(teacher)[0].title == "Будьте внимательны на переменах"
    complete_task(teacher, task.pk, outcome="Держится рядом с подругой")
    assert open_own_tasks(teacher)[0].outcome == "Держится рядом с подругой"


def test_unfinished_tasks_come_first_by_due_time() -> None:
    who = psychologist()
    case = case_of(who)
    done = task_for(case, who)
    complete_task(who, done.pk, outcome="Готово")
    later = task_for(case, who)
    sooner = add_task(
        who, case.pk, title="Скоро", membership_id=who.membership.pk, due_at=timezone.now() + timedelta(hours=1)
    )
    assert [row.task for row in open_own_tasks(who)] == [sooner, later, done]


def test_the_owner_is_told_without_the_number_of_the_case() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher)
    alert = Alert.objects.get()
    assert (alert.recipient, alert.membership_id, alert.kind) == (teacher.user, teacher.membership.pk, "task_assigned")
    assert (alert.url, alert.params) == (reverse("cases:tasks"), {"due": task.due_at.isoformat()})


def test_a_psychologist_is_told_with_the_number_and_nobody_of_an_own_task() -> None:
    who = psychologist()
    case = case_of(who)
    task_for(case, who)
    assert not Alert.objects.exists()
    task_for(case, who, psychologist(case.school))
    alert = Alert.objects.get()
    assert (alert.params["number"], alert.url) == (case.number, reverse("cases:detail", args=[case.pk]))


@pytest.mark.parametrize("fault", ["title", "past", "stranger", "closed"])
def test_a_task_without_text_time_or_a_person_around_the_case_is_refused(fault: str) -> None:
    who = psychologist()
    case = case_of(who)
    if fault == "closed":
        close_case(who, case.pk, reason="Пора")
    with pytest.raises(CaseRefused):
        add_task(
            who,
            case.pk,
            title=" " if fault == "title" else "Побеседовать",
            membership_id=(psychologist() if fault == "stranger" else who).membership.pk,
            due_at=timezone.now() + timedelta(hours=-1 if fault == "past" else 1),
        )
    assert not Task.objects.exists()


def test_a_task_is_completed_once_and_with_an_outcome() -> None:
    who = psychologist()
    task = task_for(case_of(who), who)
    with pytest.raises(CaseRefused):
        complete_task(who, task.pk, outcome=" ")
    complete_task(who, task.pk, outcome="Готово")
    with pytest.raises(CaseRefused):
        complete_task(who, task.pk, outcome="Снова")


def test_who_may_be_given_a_task() -> None:
    who = psychologist()
    case = case_of(who)
    pedagogue = actor(Role.SOCIAL_PEDAGOGUE, school=case.school)
    teacher = class_teacher_of(case.pupil)
    given, other_lead = lead_over(case.school), lead_over(case.school)
    assign_case(who, case.pk, given.user.pk)
    actor(Role.PRINCIPAL, school=case.school)
    class_teacher_of(pupil_of(who))
    expected = {one.membership.pk for one in (who, pedagogue, teacher, given)}
    assert set(possible_task_owners(case).values_list("pk", flat=True)) == expected
    assert other_lead.membership.pk not in expected


def test_a_parent_on_the_staff_gets_no_task_about_the_own_child() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher)
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=teacher.user))
    assert teacher.membership not in possible_task_owners(case)
    assert not own_tasks(teacher).filter(pk=task.pk).exists()


def test_a_task_belongs_to_the_role_it_was_given_to() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    task_for(case, who, teacher)
    also = MembershipFactory.create(user=teacher.user, role=Role.SOCIAL_PEDAGOGUE, school=case.school)
    assert own_tasks(teacher).count() == 1
    assert own_tasks(Actor(teacher.user, also)).count() == 0


def test_a_class_teacher_loses_the_task_when_the_pupil_changes_class() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher)
    case.pupil.school_class = SchoolClassFactory.create(school=case.school)
    case.pupil.save()
    assert not workable_tasks(teacher).exists()
    with pytest.raises(Task.DoesNotExist):
        complete_task(teacher, task.pk, outcome="Готово")


def test_only_owners_and_those_who_have_the_case_complete_a_task() -> None:
    who = psychologist()
    case = case_of(who)
    task = task_for(case, who, class_teacher_of(case.pupil))
    for stranger in (psychologist(), actor(Role.SOCIAL_PEDAGOGUE, school=case.school), lead_over(case.school)):
        with pytest.raises(Task.DoesNotExist):
            complete_task(stranger, task.pk, outcome="Готово")
    assert complete_task(psychologist(case.school), task.pk, outcome="Готово").done_at is not None


def test_a_nearing_task_reminds_its_owner_once() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher)
    Alert.objects.all().delete()
    nearly = task.due_at - timedelta(minutes=5)
    sweep(nearly)
    sweep(nearly)
    alert = Alert.objects.get()
    assert (alert.recipient, alert.kind, alert.url) == (teacher.user, "task_due", reverse("cases:tasks"))


def test_of_a_missed_task_owner_and_leader_of_the_case_are_told_without_its_number() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    lead_over(case.school)
    task = task_for(case, who, teacher)
    Alert.objects.all().delete()
    sweep(task.due_at + timedelta(minutes=1))
    missed = Alert.objects.filter(kind="deadline_missed")
    assert {(alert.recipient, alert.url) for alert in missed} == {
        (teacher.user, reverse("cases:tasks")),
        (who.user, reverse("cases:detail", args=[case.pk])),
    }
    assert all("number" not in alert.params for alert in missed)


def test_a_missed_task_of_a_given_case_tells_the_lead_who_has_it() -> None:
    who = psychologist()
    case = case_of(who)
    given, other = lead_over(case.school), lead_over(case.school)
    assign_case(who, case.pk, given.user.pk)
    task = task_for(case, who)
    Alert.objects.all().delete()
    sweep(task.due_at + timedelta(days=12))
    told = set(Alert.objects.filter(kind="deadline_missed").values_list("recipient", flat=True))
    assert told == {who.user.pk, given.user.pk}
    assert other.user.pk not in told


def test_a_finished_task_reminds_nobody() -> None:
    who = psychologist()
    task = task_for(case_of(who), who)
    complete_task(who, task.pk, outcome="Готово")
    sweep(task.due_at + timedelta(days=1))
    assert not Alert.objects.exists()


def test_a_case_out_of_reach_takes_no_task() -> None:
    case = case_of(psychologist())
    stranger = psychologist()
    with pytest.raises(Case.DoesNotExist):
        task_for(case, stranger)


@pytest.mark.parametrize("role", sorted(set(Role) - OWNER_ROLES))
def test_a_role_without_tasks_has_none(role: Role) -> None:
    who = psychologist()
    task = task_for(case_of(who), who)
    assert not workable_tasks(actor(role, school=task.case.school)).exists()
