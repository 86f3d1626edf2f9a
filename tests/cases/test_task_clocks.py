"""The deadline of a task is paused and extended by whom it concerns, within limits; a missed one climbs its ladder."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case, Task
from caseflow.cases.selectors.chronology import chronology
from caseflow.cases.selectors.pages import case_file
from caseflow.cases.services import assign_case, complete_task
from caseflow.clocks.matters import may_know
from caseflow.clocks.models import Clock, ClockChange, DeadlineRule
from caseflow.clocks.selectors import reading
from caseflow.clocks.selectors.changing import clock_file
from caseflow.clocks.services import (
    CannotChangeError,
    changing,
    end_pause,
    extend_clock,
    open_clock,
    pause_clock,
    sweep,
)
from caseflow.directory.actors import Actor
from caseflow.records.append_only import AppendOnlyError
from caseflow.records.vault import seal, where
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, task_for
from tests.directory.factories import GuardianFactory, GuardianshipFactory

pytestmark = pytest.mark.django_db
WHY = "Ученица на олимпиаде, вернётся"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def task(who: Actor) -> Task:
    """A task of the psychologist's own, due in a day."""
    return task_for(case_of(who), who)


def today(days: int = 0) -> date:
    return timezone.localdate() + days * DAY


def fresh(task: Task) -> tuple[Task, Clock]:
    found = Task.objects.select_related("clock").get(pk=task.pk)
    return found, found.clock


def lines(who: Actor, case: Case) -> list[str]:
    file = case_file(who, case.pk)
    return [line.title for line in chronology(file.case, who, file.sources).lines]


def test_a_paused_clock_does_not_run_out_and_goes_on_with_what_was_left(who: Actor, task: Task) -> None:
    due = task.due_at
    clock = pause_clock(who, task.clock_id, through=today(3), reason=WHY)

    assert clock.paused_until == datetime.combine(today(4), datetime.min.time(), timezone.get_default_timezone())
    assert reading(clock).state == "paused"
    assert sweep(due + HOUR) == 0
    assert sweep(clock.paused_until + timedelta(seconds=1)) == 1
    task, clock = fresh(task)
    left = due - ClockChange.objects.get(kind="paused").at
    assert (clock.paused_at, clock.paused_until) == (None, None)
    assert task.due_at == clock.due_at == ClockChange.objects.get(kind="resumed").at + left
    assert reading(clock, clock.due_at + HOUR).state == "late"
    assert ClockChange.objects.get(kind="resumed").by is None


def test_who_lets_it_run_earlier_gets_the_end_moved_back(who: Actor, task: Task) -> None:
    due = task.due_at
    pause_clock(who, task.clock_id, through=today(3), reason=WHY)

    end_pause(who, task.clock_id)

    _task, clock = fresh(task)
    begun, ended = ClockChange.objects.order_by("at").values_list("at", flat=True)
    assert clock.due_at == due + (ended - begun)
    assert (clock.paused_at, clock.warned_at) == (None, None)
    with pytest.raises(CannotChangeError, match="not paused"):
        end_pause(who, task.clock_id)


def test_a_warning_that_was_given_before_the_pause_is_not_given_again(who: Actor, task: Task) -> None:
    warned = timezone.now() - HOUR
    Clock.objects.filter(pk=task.clock_id).update(started_at=warned - HOUR, warn_at=warned, warned_at=warned)

    pause_clock(who, task.clock_id, through=today(1), reason=WHY)

    clock = fresh(task)[1]
    assert (clock.warn_at, clock.warned_at) == (warned, warned)


def test_the_reason_is_sealed_with_the_key_of_the_case_and_read_with_the_page(who: Actor, task: Task) -> None:
    pause_clock(who, task.clock_id, through=today(1), reason=WHY)

    change = ClockChange.objects.get()
    assert WHY.encode() not in bytes(change.reason_sealed)
    (read,) = open_clock(who, task.clock_id).changes
    assert (read.reason, read.change.by, read.change.role) == (WHY, who.user, "psychologist")
    acts = AuditEntry.objects.filter(obj=f"clock:{task.clock_id}").order_by("pk").values_list("action", "pupil_id")
    assert list(acts) == [("clock.paused", task.case.pupil_id), ("read", task.case.pupil_id)]
    with pytest.raises(AppendOnlyError):
        change.delete()


def test_an_extension_moves_the_end_and_the_warning(who: Actor, task: Task) -> None:
    before = task.clock
    Clock.objects.filter(pk=before.pk).update(warned_at=timezone.now())

    extend_clock(who, task.clock_id, amount=2, reason=WHY)

    task, clock = fresh(task)
    assert (clock.due_at, clock.warn_at) == (before.due_at + 2 * DAY, before.warn_at + 2 * DAY)
    assert (task.due_at, clock.warned_at) == (clock.due_at, None)
    assert (ClockChange.objects.get().amount, ClockChange.objects.get().kind) == (2, "extended")
    due = f"{timezone.localtime(task.due_at):%d.%m.%Y %H:%M}"
    assert lines(who, task.case)[0] == f"The deadline of a task was extended. Due now: {due}"
    file = case_file(who, task.case_id)
    assert chronology(file.case, who, file.sources).lines[0].text == WHY


def test_beyond_the_length_of_the_term_only_the_lead_extends(who: Actor, task: Task) -> None:
    lead = lead_over(task.case.school)
    assign_case(who, task.case_id, lead.user.pk)
    with pytest.raises(CannotChangeError, match="at most"):
        extend_clock(who, task.clock_id, amount=6, reason=WHY)
    extend_clock(who, task.clock_id, amount=5, reason=WHY)
    with pytest.raises(CannotChangeError, match="Only the lead"):
        extend_clock(who, task.clock_id, amount=1, reason=WHY)

    extend_clock(lead, task.clock_id, amount=15, reason=WHY)

    with pytest.raises(CannotChangeError, match="cannot be extended"):
        extend_clock(lead, task.clock_id, amount=1, reason=WHY)


def test_what_the_table_allows_is_the_limit(who: Actor, task: Task) -> None:
    with pytest.raises(CannotChangeError, match="at the latest"):
        pause_clock(who, task.clock_id, through=today(31), reason=WHY)
    with pytest.raises(CannotChangeError, match="at the latest"):
        pause_clock(who, task.clock_id, through=today(-1), reason=WHY)
    with pytest.raises(CannotChangeError, match="why"):
        pause_clock(who, task.clock_id, through=today(1), reason=" так ")
    DeadlineRule.objects.filter(code="task").update(longest_pause=0, longest_extension=0)
    with pytest.raises(CannotChangeError, match="cannot be paused"):
        pause_clock(who, task.clock_id, through=today(1), reason=WHY)
    with pytest.raises(CannotChangeError, match="cannot be extended"):
        extend_clock(who, task.clock_id, amount=1, reason=WHY)


def test_pauses_add_up_to_the_limit(who: Actor, task: Task) -> None:
    for kind, days in (("paused", 40), ("resumed", 12)):
        change = ClockChange(clock=task.clock, kind=kind, at=timezone.now() - days * DAY, by=who.user, role=who.role)
        change.reason_sealed = seal(task.case.data_key, WHY, where("clocks.ClockChange", change.pk, "reason"))
        for mark in ("warn_before", "due_before", "warn_after", "due_after"):
            setattr(change, mark, task.due_at)
        change.save()

    assert clock_file(who, task.clock_id).last_day == today(1)


def test_a_paused_clock_is_not_extended_and_not_paused_twice(who: Actor, task: Task) -> None:
    pause_clock(who, task.clock_id, through=today(1), reason=WHY)

    with pytest.raises(CannotChangeError, match="Let it run again"):
        extend_clock(who, task.clock_id, amount=1, reason=WHY)
    with pytest.raises(CannotChangeError, match="cannot be paused"):
        pause_clock(who, task.clock_id, through=today(1), reason=WHY)


def test_what_is_done_or_overdue_stays_as_it_is(who: Actor, task: Task) -> None:
    other = task_for(task.case, who)
    complete_task(who, task.pk, outcome="Готово")
    Clock.objects.filter(pk=other.clock_id).update(started_at=task.due_at - 9 * DAY, warn_at=task.due_at - 9 * DAY)
    Clock.objects.filter(pk=other.clock_id).update(due_at=timezone.now() - HOUR)

    for clock in (task.clock_id, other.clock_id):
        with pytest.raises(CannotChangeError, match="over already"):
            extend_clock(who, clock, amount=1, reason=WHY)


def test_what_is_done_in_a_pause_is_not_let_run_again(who: Actor, task: Task) -> None:
    pause_clock(who, task.clock_id, through=today(1), reason=WHY)
    complete_task(who, task.pk, outcome="Готово")

    assert sweep(timezone.now() + 3 * DAY) == 0
    assert reading(fresh(task)[1]).state == "done"


def test_the_owner_who_leads_the_case_and_the_lead_may_change_it_and_nobody_else(who: Actor) -> None:
    case = case_of(who)
    teacher, colleague, lead = class_teacher_of(case.pupil), psychologist(case.school), lead_over(case.school)
    task = task_for(case, who, teacher)
    assign_case(who, case.pk, lead.user.pk)

    assert [clock_file(each, task.clock_id).matter.may_change for each in (teacher, who, lead)] == [True] * 3
    assert not clock_file(colleague, task.clock_id).matter.may_change
    with pytest.raises(Clock.DoesNotExist):
        pause_clock(colleague, task.clock_id, through=today(1), reason=WHY)
    for stranger in (psychologist(), lead_over(case.school), class_teacher_of(task_for(case_of(who), who).case.pupil)):
        with pytest.raises(Clock.DoesNotExist):
            clock_file(stranger, task.clock_id)
    assert clock_file(teacher, task.clock_id).matter.title == "A task for you"
    assert clock_file(who, task.clock_id).matter.title == f"A task in case no. {case.number}"


def test_of_two_who_change_it_at_once_the_second_is_refused(
    who: Actor, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = clock_file

    def then_another(*asked: object) -> object:
        file = read(*asked)  # type: ignore[arg-type]
        Clock.objects.filter(pk=task.clock_id).update(due_at=task.due_at + HOUR)
        return file

    monkeypatch.setattr(changing, "clock_file", then_another)
    with pytest.raises(CannotChangeError, match="Somebody else"):
        extend_clock(who, task.clock_id, amount=1, reason=WHY)


def test_a_change_that_its_room_cannot_follow_is_taken_back_and_tried_again(
    who: Actor, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = pause_clock(who, task.clock_id, through=today(1), reason=WHY)
    with monkeypatch.context() as failing:
        failing.setattr("caseflow.cases.services.task_clocks.keep_task_in_step", None)
        assert sweep(clock.paused_until) == 0
    assert sweep(clock.paused_until) == 1


@pytest.mark.parametrize("code", ["police_informed", "psych_assessment_acute", "panic_dispatch"])
def test_no_table_makes_a_clock_movable_that_cannot_wait(code: str) -> None:
    for limit in ("longest_pause", "longest_extension"):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeadlineRule.objects.filter(code=code).update(**{limit: 1})
    assert DeadlineRule.objects.filter(code=code)[0].is_fixed


def test_a_parent_on_the_staff_is_not_to_know_of_the_clock(who: Actor, task: Task) -> None:
    lead = lead_over(task.case.school)
    assert may_know(lead, task.clock)
    GuardianshipFactory.create(pupil=task.case.pupil, guardian=GuardianFactory.create(user=lead.user))

    assert not may_know(lead, task.clock)
    assert not may_know(psychologist(), task.clock)
