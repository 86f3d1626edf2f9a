"""A school goes over to the next year: once, all of it, on the first day."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import ChronologyEntry, Task
from caseflow.cases.selectors.scope import own_tasks, scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, Membership, Pupil, SchoolClass
from caseflow.directory.rules import still_here
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.errors import YearRefused
from caseflow.schoolyear.models import ClassTurn, YearTurn
from caseflow.schoolyear.selectors.turns import preview_of, pupils_of_class, turn_ahead, year_ahead
from caseflow.schoolyear.services.applying import apply_due_turns, apply_turn
from caseflow.schoolyear.services.turning import (
    REPEATS,
    WITH_CLASS,
    ClassSaid,
    confirm_turn,
    place_pupil,
    prepare_turn,
    say_classes,
    say_pupils,
)
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, task_for
from tests.consent.factories import given as given_by_guardian
from tests.directory.factories import GuardianshipFactory, LessonSlotFactory, MembershipFactory, actor
from tests.schoolyear.factories import DAY, Turning, teacher_at, turning

pytestmark = pytest.mark.django_db


def _row(turn: YearTurn, school_class: SchoolClass) -> ClassTurn:
    return turn.classes.get(old_class=school_class)


def _named(pupil: Pupil) -> str:
    pupil.refresh_from_db()
    assert pupil.school_class is not None
    return f"{pupil.school_class.grade}{pupil.school_class.letter} {pupil.school_class.year.starts_on}"


def test_classes_go_up_repeaters_stay_down_the_last_grade_leaves_and_twice_is_once() -> None:
    world = turning()
    seventh, last = world.class_of(7, "Б"), world.class_of(11, "А")
    goes, repeats, elsewhere = (world.pupil(seventh) for _ in range(3))
    graduate = world.pupil(last)
    gone = world.pupil(seventh, left_on=timezone.localdate() - 30 * DAY)
    teacher, helper = world.teacher_of(seventh), teacher_at(world.school)
    LessonSlotFactory.create(school_class=seventh, teacher=teacher.user)

    turn = prepare_turn(world.office)
    assert turn.year == world.new
    said = {_row(turn, seventh).pk: ClassSaid("8Б", teacher.user.pk), _row(turn, last).pk: ClassSaid("", None)}
    say_classes(world.office, turn.pk, said, carries_timetable=True)
    answers = {repeats.pk: REPEATS, elsewhere.pk: "8В", goes.pk: WITH_CLASS}
    say_pupils(world.office, _row(turn, seventh).pk, answers)
    seen = preview_of(turn)
    assert (seen.staying, seen.leaving, seen.homeless, seen.may_confirm) == (3, 1, [], True)
    assert [(row.pupils, row.exceptions) for row in seen.rows] == [(3, 2), (1, 0)]
    assert helper.user in seen.teachers

    assert confirm_turn(world.office, turn.pk).state == TurnState.APPLIED
    first = world.new.starts_on
    assert [_named(pupil) for pupil in (goes, repeats, elsewhere)] == [f"8Б {first}", f"7Б {first}", f"8В {first}"]
    graduate.refresh_from_db()
    gone.refresh_from_db()
    assert (graduate.left_on, graduate.school_class) == (first, last)
    assert gone.school_class == seventh
    led = Membership.objects.get(role=Role.CLASS_TEACHER, user=teacher.user, ends_on=None)
    assert str(led.school_class) == "8 «Б»"
    assert LessonSlot.objects.filter(school_class=led.school_class, teacher=teacher.user).count() == 1

    before = list(Pupil.objects.order_by("pk").values())
    assert apply_due_turns() == 0
    assert apply_turn(turn.pk) is False
    assert list(Pupil.objects.order_by("pk").values()) == before
    assert Membership.objects.filter(role=Role.CLASS_TEACHER, ends_on=None).count() == 1
    with pytest.raises(YearRefused):
        say_classes(world.office, turn.pk, {}, carries_timetable=False)
    assert list(AuditEntry.objects.filter(action__startswith="year.").values_list("action", flat=True)) == [
        "year.prepared",
        "year.confirmed",
        "year.turned",
    ]
    assert turn_ahead(world.office) is None


def test_what_is_confirmed_ahead_waits_for_the_day_and_a_change_asks_for_confirmation_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = turning(timezone.localdate() + 20 * DAY)
    seventh = world.class_of(7, "Б")
    pupil = world.pupil(seventh)
    turn = prepare_turn(world.office)
    assert confirm_turn(world.office, turn.pk).state == TurnState.CONFIRMED
    assert apply_due_turns() == 0
    joined = world.pupil(seventh)
    assert say_classes(world.office, turn.pk, {}, carries_timetable=False).state == TurnState.PREPARED
    confirm_turn(world.office, turn.pk)
    monkeypatch.setattr(timezone, "localdate", lambda *_: world.new.starts_on)
    assert apply_due_turns() == 1
    assert {_named(each) for each in (pupil, joined)} == {f"8Б {world.new.starts_on}"}


def test_nothing_is_confirmed_while_a_pupil_has_no_place() -> None:
    world = turning()
    world.pupil(world.class_of(7, "Б"))
    lost = world.pupil(None)
    turn = prepare_turn(world.office)
    assert preview_of(turn).homeless == [lost]
    with pytest.raises(YearRefused, match=lost.last_name):
        confirm_turn(world.office, turn.pk)
    with pytest.raises(YearRefused, match="вторая"):
        place_pupil(world.office, turn.pk, lost.pk, "вторая")
    place_pupil(world.office, turn.pk, lost.pk, "2А")
    confirm_turn(world.office, turn.pk)
    assert _named(lost) == f"2А {world.new.starts_on}"


def test_merged_classes_are_shown_and_keep_one_week() -> None:
    world = turning()
    one, two = world.class_of(7, "А"), world.class_of(7, "Б")
    world.pupil(one)
    world.pupil(two)
    teacher = world.teacher_of(one)
    for each in (one, two):
        LessonSlotFactory.create(school_class=each)
    turn = prepare_turn(world.office)
    said = {row.pk: ClassSaid("8А", row.teacher_id) for row in turn.classes.all()}
    say_classes(world.office, turn.pk, said, carries_timetable=True)
    seen = preview_of(turn)
    assert [str(target) for target in seen.merged] == ["8А"]
    assert seen.led_by_nobody == []
    confirm_turn(world.office, turn.pk)
    merged = SchoolClass.objects.get(year=world.new)
    assert (merged.pupils.count(), merged.slots.count()) == (2, 1)
    assert Membership.objects.get(school_class=merged).user == teacher.user


def test_plans_go_on_and_the_tasks_of_the_class_go_to_its_new_teacher() -> None:
    world = turning()
    seventh = world.class_of(7, "Б")
    pupil = world.pupil(seventh)
    who, former, new = psychologist(world.school), world.teacher_of(seventh), teacher_at(world.school)
    case = case_of(who, pupil)
    task, own = task_for(case, who, former), task_for(case, who)
    turn = prepare_turn(world.office)
    say_classes(
        world.office,
        turn.pk,
        {_row(turn, seventh).pk: ClassSaid("8Б", new.user.pk)},
        carries_timetable=False,
    )
    confirm_turn(world.office, turn.pk)
    right = Membership.objects.get(user=new.user, role=Role.CLASS_TEACHER)
    assert list(own_tasks(Actor(new.user, right))) == [task]
    assert list(own_tasks(former)) == []
    former.membership.refresh_from_db()
    assert former.membership.ends_on == timezone.localdate() - DAY
    task.refresh_from_db()
    own.refresh_from_db()
    assert (task.owner, own.owner) == (new.user, who.user)
    assert Alert.objects.filter(recipient=new.user, kind="task_assigned").exists()
    handed = ChronologyEntry.objects.get(case=case, code="task_handed_over")
    assert handed.params.keys() == {"name", "before_name"}


def test_whoever_leads_the_case_of_a_leaver_gets_a_task_and_families_are_asked_anew() -> None:
    world = turning()
    last, seventh = world.class_of(11, "А"), world.class_of(7, "Б")
    who = psychologist(world.school)
    lead_over(world.school)
    case = case_of(who, world.pupil(last))
    parent = GuardianshipFactory.create(pupil=world.pupil(seventh))
    right = MembershipFactory.create(user=parent.guardian.user, role=Role.PARENT, guardian=parent.guardian)
    stranger = GuardianshipFactory.create(pupil=world.pupil(seventh))
    MembershipFactory.create(user=stranger.guardian.user, role=Role.PARENT, guardian=stranger.guardian)
    given_by_guardian(parent.pupil, parent.guardian_id, at=timezone.now() - 90 * DAY)
    early = GuardianshipFactory.create(pupil=parent.pupil)
    MembershipFactory.create(user=early.guardian.user, role=Role.PARENT, guardian=early.guardian)
    given_by_guardian(early.pupil, early.guardian_id)  # for the new year already
    confirm_turn(world.office, prepare_turn(world.office).pk)
    task = Task.objects.get(case=case)
    assert (task.owner, task.clock.code) == (who.user, "task_leaver")
    assert Alert.objects.get(kind="pupil_leaves").recipient == who.user
    assert Alert.objects.get(kind="consents_anew").membership_id == right.pk
    assert scoped_cases(who).filter(pk=case.pk).exists()


def test_which_year_is_next() -> None:
    world = turning()
    assert year_ahead(world.school) is None
    world.pupil(world.class_of(7, "Б"))
    assert year_ahead(world.school) == world.new
    assert year_ahead(world.school, world.new.starts_on - DAY) == world.new
    assert year_ahead(world.school, world.new.ends_on + DAY) is None
    other = turning(timezone.localdate() + timedelta(days=10))
    assert year_ahead(other.school) == other.new
    world.new.delete()
    with pytest.raises(YearRefused):
        prepare_turn(world.office)


def test_only_the_own_school_and_its_own_people() -> None:
    world, other = turning(), turning()
    seventh = world.class_of(7, "Б")
    world.pupil(seventh)
    turn = prepare_turn(world.office)
    with pytest.raises(YearTurn.DoesNotExist):
        confirm_turn(other.office, turn.pk)
    with pytest.raises(ClassTurn.DoesNotExist):
        pupils_of_class(other.office, _row(turn, seventh).pk)
    stranger = actor(Role.TEACHER, school=other.school)
    with pytest.raises(YearRefused):
        say_classes(
            world.office,
            turn.pk,
            {_row(turn, seventh).pk: ClassSaid("8Б", stranger.user.pk)},
            carries_timetable=False,
        )


TARGETS = st.sampled_from(["", "1А", "8А", "8Б", "9А"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(1, 11),
            TARGETS,
            st.lists(st.sampled_from([WITH_CLASS, REPEATS, "", "9А"]), min_size=1, max_size=3),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_every_pupil_ends_in_exactly_one_class_of_the_new_year_or_has_left(
    plan: list[tuple[int, str, list[str]]],
) -> None:
    world = turning()
    classes = [world.class_of(grade, "АБВ"[number]) for number, (grade, _, _) in enumerate(plan)]
    pupils = {c: [world.pupil(c) for _ in answers] for c, (_, _, answers) in zip(classes, plan, strict=True)}
    turn = prepare_turn(world.office)
    for school_class, (_, target, answers) in zip(classes, plan, strict=True):
        row = turn.classes.filter(old_class=school_class).first()
        if row is not None:
            say_classes(world.office, turn.pk, {row.pk: ClassSaid(target, None)}, carries_timetable=True)
            mine = pupils[school_class]
            say_pupils(world.office, row.pk, {p.pk: a for p, a in zip(mine, answers, strict=True)})
    confirm_turn(world.office, turn.pk)
    here = Pupil.objects.filter(still_here(), school=world.school)
    assert not here.exclude(school_class__year=world.new).exists()
    left = Pupil.objects.filter(school=world.school, left_on=world.new.starts_on)
    assert here.count() + left.count() == sum(len(its) for its in pupils.values())
    before = sorted(Pupil.objects.values_list("pk", "school_class", "left_on"), key=str)
    apply_turn(turn.pk)
    assert sorted(Pupil.objects.values_list("pk", "school_class", "left_on"), key=str) == before


def test_a_turning_is_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    world: Turning = turning()
    pupil = world.pupil(world.class_of(7, "Б"))
    turn = prepare_turn(world.office)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("caseflow.schoolyear.services.applying.ask_anew", fail)
    with pytest.raises(RuntimeError):
        confirm_turn(world.office, turn.pk)
    pupil.refresh_from_db()
    turn.refresh_from_db()
    assert (pupil.school_class.year, turn.state) == (world.old, TurnState.PREPARED)  # type: ignore[union-attr]
