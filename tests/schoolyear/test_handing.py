"""What is left of the hand-over when nobody is there, or somebody was quicker."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from caseflow.alarms.models import Device
from caseflow.alarms.services import leaving as phones
from caseflow.alarms.services.enrolling import enrol_own_phone
from caseflow.cases.models import ChronologyEntry, Task
from caseflow.cases.services import complete_task, handing
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.services import applying, holding
from caseflow.schoolyear.services.staff import end_all_roles
from caseflow.schoolyear.services.turning import ClassSaid, confirm_turn, prepare_turn, say_classes, say_pupils
from tests.cases.factories import case_of, class_teacher_of, psychologist, pupil_of, task_for
from tests.directory.factories import LessonSlotFactory, MembershipFactory, SchoolClassFactory, actor
from tests.schoolyear.factories import DAY, school_of, turning

pytestmark = pytest.mark.django_db


def test_where_nobody_is_left_the_case_says_so_and_nobody_gets_a_task() -> None:
    who = psychologist()
    case, school = case_of(who), school_of(who)
    Membership.objects.update(ends_on=timezone.localdate() - DAY)
    assert handing.note_leaving(who.user, [case.pupil_id], school, day=timezone.localdate()) == 1
    assert ChronologyEntry.objects.filter(case=case, code="pupil_leaves").exists()
    assert not Task.objects.exists()


def test_a_task_that_was_done_meanwhile_stays_with_whoever_did_it(monkeypatch: pytest.MonkeyPatch) -> None:
    who = psychologist()
    other, case = psychologist(school_of(who)), case_of(who)
    task = task_for(case, who)
    complete_task(who, task.pk, outcome="Сделано")
    monkeypatch.setattr(handing, "tasks_held", lambda *_: Task.objects.all())
    assert handing.hand_over_tasks(who.user, who.user.pk, school_of(who), other.membership) == 0
    task.refresh_from_db()
    assert task.owner == who.user


def test_a_task_of_a_class_elsewhere_is_nobodys_to_settle() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    task = task_for(case_of(who, pupil), who, class_teacher_of(pupil))
    pupil.school_class = SchoolClassFactory.create()
    pupil.save()
    class_teacher_of(pupil)
    assert handing.settle_class_tasks() == 0
    assert Task.objects.get().owner == task.owner


def test_a_phone_is_ended_once() -> None:
    who = psychologist()
    device, _key = enrol_own_phone(who)
    assert phones.end_phones_of_leavers() == 0
    assert (phones._end(device), phones._end(device)) == (True, False)
    assert Device.objects.get().ended_at is not None


def test_without_a_successor_class_and_lessons_wait_for_one() -> None:
    who = psychologist()
    school, pupil = school_of(who), pupil_of(who)
    teacher = class_teacher_of(pupil)
    ends = timezone.localdate() + DAY
    MembershipFactory.create(user=teacher.user, role=Role.TEACHER, school=school, ends_on=ends)
    slot = LessonSlotFactory.create(school_class=pupil.school_class, teacher=teacher.user)
    office = actor(Role.SCHOOL_ADMIN, school=school)
    done = end_all_roles(office, teacher.user.pk, timezone.localdate() + 5 * DAY, {})
    assert done == {"classes": 1, "lessons": 1}
    slot.refresh_from_db()
    assert slot.teacher is None
    roles = Membership.objects.filter(user=teacher.user).order_by("pk").values_list("ends_on", flat=True)
    assert list(roles) == [timezone.localdate() + 5 * DAY, ends]
    assert holding.hand_over_duty(office.user, teacher.user.pk, school, teacher.membership) == 0


def test_what_fails_at_one_school_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    world, other = (turning(timezone.localdate() + 9 * DAY) for _ in range(2))
    turns = []
    for each in (world, other):
        each.pupil(each.class_of(7, "Б"))
        turns.append(confirm_turn(each.office, prepare_turn(each.office).pk))
    original = applying.apply_turn

    def failing(turn_id: object) -> bool:
        if turn_id == turns[0].pk:
            raise IntegrityError
        return original(turns[1].pk)

    monkeypatch.setattr(timezone, "localdate", lambda *_: world.new.starts_on)
    monkeypatch.setattr(applying, "apply_turn", failing)
    assert applying.apply_due_turns() == 1
    states = []
    for turn in turns:
        turn.refresh_from_db()
        states.append(turn.state)
    assert states == [TurnState.CONFIRMED, TurnState.APPLIED]


def test_a_turn_that_is_prepared_again_keeps_what_was_said_and_finds_the_teacher_in_place() -> None:
    world = turning()
    seventh = world.class_of(7, "Б")
    pupil, teacher = world.pupil(seventh), world.teacher_of(seventh)
    turn = prepare_turn(world.office)
    row = turn.classes.get()
    say_classes(world.office, turn.pk, {row.pk: ClassSaid("8В", teacher.user.pk)}, carries_timetable=False)
    say_pupils(world.office, row.pk, {})
    again = prepare_turn(world.office)
    assert (again.pk, again.classes.get().target) == (turn.pk, "8В")
    place = SchoolClassFactory.create(school=world.school, year=world.new, grade=8, letter="В")
    given = MembershipFactory.create(
        user=teacher.user, role=Role.CLASS_TEACHER, school_class=place, starts_on=world.new.starts_on
    )
    confirm_turn(world.office, turn.pk)
    pupil.refresh_from_db()
    assert pupil.school_class == place
    assert Membership.objects.get(role=Role.CLASS_TEACHER, school_class=place) == given
    pupil.school_class = seventh
    pupil.save()
    assert prepare_turn(world.office).state == TurnState.APPLIED
    assert timedelta(0) <= timezone.now() - again.prepared_at
