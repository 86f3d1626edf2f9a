"""While somebody is away, who stands in is told of their deadlines too; no call waits for somebody who is not there."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from caseflow.cases.forms import TaskForm
from caseflow.clocks.models import Absence, Clock
from caseflow.clocks.selectors.absences import absences_on, led_staff, possible_stand_ins, stand_ins_of
from caseflow.clocks.selectors.duty import whom_to_ring
from caseflow.clocks.services import BadAbsenceError, end_absence, enter_absence, sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from notifications.models import Alert
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, pupil_of, task_for
from tests.clocks.factories import called, on_duty, rung, staffed_school
from tests.directory.factories import (
    GuardianFactory,
    GuardianshipFactory,
    MembershipFactory,
    SchoolFactory,
    actor,
    signed_in,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def day(number: int = 0) -> date:
    return timezone.localdate() + number * DAY


def away(who: Actor, stand_in: Actor, first: int = 0, last: int = 6, by: Actor | None = None) -> Absence:
    return enter_absence(
        by or who,
        member_id=who.membership.pk,
        stand_in_id=stand_in.membership.pk,
        first_day=day(first),
        last_day=day(last),
    )


def told(kind: str) -> set[tuple[int, str]]:
    return set(Alert.objects.filter(kind=kind).values_list("recipient", "url"))


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


def test_who_stands_in_is_told_and_holds_the_same_role_or_leads(who: Actor, colleague: Actor) -> None:
    lead, elsewhere = lead_over(case_of(who).school), psychologist()
    pedagogue = actor(Role.SOCIAL_PEDAGOGUE, school=who.membership.school)
    region = actor(Role.LEAD_PSYCHOLOGIST, region=lead.membership.district.region if lead.membership.district else None)

    assert {one.pk for one in possible_stand_ins(who.membership)} == {
        one.membership.pk for one in (colleague, lead, region)
    }
    assert list(possible_stand_ins(lead.membership)) == [region.membership]
    assert list(possible_stand_ins(region.membership)) == []
    for stranger in (elsewhere, pedagogue, who):
        with pytest.raises(BadAbsenceError, match="can stand in"):
            away(who, stranger)
    away(who, colleague)
    assert told("standing_in") == {(colleague.user.pk, reverse("clocks:away"))}


def test_outside_the_service_no_lead_stands_above() -> None:
    school = SchoolFactory.create()
    principal, teacher = actor(Role.PRINCIPAL, school=school), actor(Role.TEACHER, school=school)
    actor(Role.LEAD_PSYCHOLOGIST, district=school.district)

    assert not possible_stand_ins(principal.membership).exists()
    assert list(possible_stand_ins(teacher.membership)) == []


def test_a_class_teacher_can_be_stood_in_for_by_one_of_the_class_or_the_lead(who: Actor) -> None:
    pupil = pupil_of(who)
    teacher, other, lead = class_teacher_of(pupil), class_teacher_of(pupil), lead_over(pupil.school)

    assert set(possible_stand_ins(teacher.membership)) == {other.membership, lead.membership}


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [(3, 2, "before the first"), (-9, -1, "are over"), (0, 400, "at most a year"), (5, 9, "entered already")],
)
def test_days_that_cannot_be_are_refused(who: Actor, colleague: Actor, first: int, last: int, message: str) -> None:
    away(who, colleague, 8, 9)
    with translation.override("en"), pytest.raises(BadAbsenceError, match=message):
        away(who, colleague, first, last)


def test_who_is_away_does_not_stand_in(who: Actor, colleague: Actor) -> None:
    away(colleague, who, 3, 4)
    with translation.override("en"), pytest.raises(BadAbsenceError, match="away in these days too"):
        away(who, colleague, 0, 3)
    away(who, colleague, 0, 2)


def test_the_lead_enters_it_for_somebody_who_is_ill_and_nobody_for_strangers(who: Actor, colleague: Actor) -> None:
    lead = lead_over(case_of(who).school)
    absence = away(who, colleague, by=lead)

    assert absence.entered_by == lead.user
    for stranger in (colleague, lead_over(case_of(psychologist()).school)):
        with pytest.raises(Membership.DoesNotExist):
            away(who, colleague, 20, 21, by=stranger)
        with pytest.raises(Absence.DoesNotExist):
            end_absence(stranger, absence.pk)
    end_absence(lead, absence.pk)
    assert absences_on([who.membership.pk]) == {}
    with pytest.raises(Absence.DoesNotExist):
        end_absence(lead, absence.pk)


def test_the_lead_of_a_region_leads_those_of_its_districts_too(who: Actor) -> None:
    lead = lead_over(case_of(who).school)
    assert lead.membership.district
    region = actor(Role.LEAD_PSYCHOLOGIST, region=lead.membership.district.region)

    assert set(led_staff(region)) == {who.membership, lead.membership}
    assert set(led_staff(lead)) == {who.membership}
    assert not led_staff(who).exists()


def test_it_begins_and_ends_by_itself(who: Actor, colleague: Actor) -> None:
    away(who, colleague, 2, 4)

    there = [who.membership.pk in absences_on([who.membership.pk], day(number)) for number in range(7)]
    assert there == [False, False, True, True, True, False, False]


def test_where_who_stands_in_goes_away_too_the_next_one_does(who: Actor, colleague: Actor) -> None:
    lead = lead_over(case_of(who).school)
    away(who, colleague)
    away(colleague, lead)

    assert stand_ins_of([who.membership.pk]) == {who.membership.pk: lead.membership}
    assert stand_ins_of([lead.membership.pk]) == {}
    assert stand_ins_of([]) == {}


def test_a_nearing_and_a_missed_task_reach_who_stands_in_too(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    away(who, colleague)
    task = task_for(case, who)
    sweep(task.due_at - timedelta(minutes=5))
    sweep(task.due_at + timedelta(minutes=5))

    page = reverse("cases:detail", args=[case.pk])
    assert told("task_due") == {(who.user.pk, page), (colleague.user.pk, page)}
    assert {user for user, _url in told("deadline_missed")} == {who.user.pk, colleague.user.pk}


def test_a_lead_who_was_not_given_the_case_is_told_and_led_to_the_own_first_page(who: Actor) -> None:
    case = case_of(who)
    lead = lead_over(case.school)
    away(who, lead)
    task = task_for(case, who)
    sweep(task.due_at - timedelta(minutes=5))

    assert (lead.user.pk, reverse("home")) in told("task_due")


def test_a_parent_on_the_staff_is_not_told_of_the_own_child_however_they_stand_in(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=colleague.user))
    away(who, colleague)
    task = task_for(case, who)
    sweep(task.due_at - timedelta(minutes=5))

    assert {user for user, _url in told("task_due")} == {who.user.pk}


def test_nobody_is_told_twice(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    away(who, colleague)
    task = task_for(case, who, colleague)
    sweep(task.due_at + timedelta(minutes=5))

    missed = list(Alert.objects.filter(kind="deadline_missed").values_list("recipient", flat=True))
    assert sorted(missed) == sorted({who.user.pk, colleague.user.pk})


def test_ringing_passes_over_who_is_away_unless_nobody_else_is_there() -> None:
    there = staffed_school()
    on_duty(there.psychologist, school=there.school)
    away(there.psychologist, there.district_lead)
    now = timezone.now()
    assert whom_to_ring(there.school, 0, at=now) == [there.duty_person.membership]

    for one in there.ladder:
        Absence.objects.create(
            membership=one.membership,
            stand_in=there.psychologist.membership,
            first_day=day(),
            last_day=day(),
            entered_by=one.user,
            entered_at=now,
        )
    assert rung(called(there.school)) == [(1, there.psychologist.user.pk)]


def test_whoever_gives_them_a_task_is_warned(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    away(colleague, who, 0, 3)
    said = f"away until {day(3):%d.%m.%Y}, {who.user.short_name} stands in"

    with translation.override("en"):
        labels = [label for _value, label in TaskForm(case).fields["owner"].choices]  # type: ignore[attr-defined]
    assert [said in label for label in labels if colleague.user.short_name in label] == [True]
    (person,) = [
        one
        for one in signed_in(who).get(f"/api/v1/cases/{case.pk}/people/").json()["task_owners"]
        if one["membership"] == colleague.membership.pk
    ]
    assert (person["away_until"], person["stand_in"]) == (f"{day(3)}", who.user.short_name)


def test_an_ended_right_stands_in_for_nobody(who: Actor) -> None:
    gone = MembershipFactory.create(role=Role.PSYCHOLOGIST, school=who.membership.school, ends_on=day(-1))
    assert gone not in possible_stand_ins(who.membership)
    assert Clock.objects.count() == 0
