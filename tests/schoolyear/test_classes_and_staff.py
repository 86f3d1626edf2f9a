"""A class in other hands, a substitute for some days, and somebody who leaves the school for good."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.alarms.services.enrolling import enrol_own_phone
from caseflow.alarms.services.leaving import end_phones_of_leavers
from caseflow.appointments.models import Appointment
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import own_tasks, scoped_cases
from caseflow.cases.services.handing import settle_class_tasks
from caseflow.clocks.models import DutyShift
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, Membership, SchoolClass
from caseflow.directory.selectors import active_memberships, readable_memberships
from caseflow.schoolyear.errors import YearRefused
from caseflow.schoolyear.selectors.staff import class_led, classes_led, person_of, staff_of
from caseflow.schoolyear.services.classes import end_substitute, hand_class_over, name_substitute
from caseflow.schoolyear.services.staff import end_all_roles
from notifications.models import Alert
from tests.appointments.factories import planned
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, pupil_of, task_for
from tests.directory.factories import GuardianshipFactory, LessonSlotFactory, MembershipFactory, actor
from tests.schoolyear.factories import DAY, school_of, teacher_at

pytestmark = pytest.mark.django_db


class School:
    """A psychologist with a case, its pupil's class teacher with a task of it, and the office."""

    def __init__(self) -> None:
        self.who = psychologist()
        self.school = school_of(self.who)
        self.pupil = pupil_of(self.who)
        assert self.pupil.school_class is not None
        self.klass = self.pupil.school_class
        self.case = case_of(self.who, self.pupil)
        self.teacher = class_teacher_of(self.pupil)
        self.task = task_for(self.case, self.who, self.teacher)
        self.office = actor(Role.SCHOOL_ADMIN, school=self.school)
        self.colleague = teacher_at(self.school)

    def acting(self, user: User) -> Actor:
        right = Membership.objects.filter(user=user, role=Role.CLASS_TEACHER).latest("pk")
        return Actor(user, right)


def _rights(user: User, on: int = 0) -> list[str]:
    return [m.role for m in active_memberships(user.pk, timezone.localdate() + on * DAY)]


def test_a_class_changes_hands_today_and_its_task_with_it() -> None:
    at = School()
    hand_class_over(at.office, at.klass.pk, user_id=at.colleague.user.pk, first=timezone.localdate())
    at.task.refresh_from_db()
    assert at.task.owner == at.colleague.user
    assert list(own_tasks(at.acting(at.colleague.user))) == [at.task]
    assert _rights(at.teacher.user) == []
    assert not readable_memberships({(at.teacher.user.pk, at.teacher.membership.pk)})
    assert Alert.objects.filter(recipient=at.colleague.user, kind="task_assigned").count() == 1
    again = hand_class_over(at.office, at.klass.pk, user_id=at.colleague.user.pk, first=timezone.localdate())
    assert Membership.objects.filter(role=Role.CLASS_TEACHER, school_class=at.klass, ends_on=None).get() == again
    assert [led.leading[0].user for led in classes_led(at.office)] == [at.colleague.user]


def test_on_a_later_day_the_former_teacher_keeps_class_and_task_until_then(monkeypatch: pytest.MonkeyPatch) -> None:
    at = School()
    first = timezone.localdate() + 5 * DAY
    hand_class_over(at.office, at.klass.pk, user_id=at.colleague.user.pk, first=first)
    assert settle_class_tasks() == 0
    assert _rights(at.teacher.user, 4) == ["class_teacher"]
    assert _rights(at.teacher.user, 5) == []
    assert "class_teacher" in _rights(at.colleague.user, 5)
    monkeypatch.setattr(timezone, "localdate", lambda *_: first)
    assert settle_class_tasks() == 1
    assert settle_class_tasks() == 0
    at.task.refresh_from_db()
    assert at.task.owner == at.colleague.user


def test_a_substitute_sees_the_class_in_these_days_alone_and_nothing_changes_hands() -> None:
    at = School()
    today = timezone.localdate()
    given = name_substitute(at.office, at.klass.pk, user_id=at.colleague.user.pk, first=today, last=today + 2 * DAY)
    assert list(own_tasks(Actor(at.colleague.user, given))) == [at.task]
    assert list(own_tasks(at.teacher)) == [at.task]
    assert _rights(at.colleague.user, 2) == ["teacher", "class_teacher"]
    assert _rights(at.colleague.user, 3) == ["teacher"]
    assert settle_class_tasks() == 0
    led = class_led(at.office, at.klass.pk)
    assert ([m.user for m in led.leading], led.substitutes) == ([at.teacher.user], [given])
    end_substitute(at.office, given.pk)
    assert _rights(at.colleague.user) == ["teacher"]
    with pytest.raises(Membership.DoesNotExist):
        end_substitute(at.office, given.pk)
    with pytest.raises(Membership.DoesNotExist):
        end_substitute(at.office, at.teacher.membership.pk)


def test_days_and_people_have_to_fit() -> None:
    at = School()
    today = timezone.localdate()
    stranger = teacher_at(school_of(psychologist()))
    for user, first, last in (
        (at.colleague, today - DAY, today),
        (at.colleague, today + DAY, today),
        (stranger, today, today),
    ):
        with pytest.raises(YearRefused):
            name_substitute(at.office, at.klass.pk, user_id=user.user.pk, first=first, last=last)
    other = actor(Role.SCHOOL_ADMIN, school=school_of(psychologist()))
    with pytest.raises(SchoolClass.DoesNotExist):
        hand_class_over(other, at.klass.pk, user_id=at.colleague.user.pk, first=today)
    late = hand_class_over(at.office, at.klass.pk, user_id=at.colleague.user.pk, first=today + 9 * DAY)
    hand_class_over(at.office, at.klass.pk, user_id=at.office.user.pk, first=today + 3 * DAY)
    late.refresh_from_db()
    at.teacher.membership.refresh_from_db()
    assert late.ends_on == late.starts_on - DAY
    assert at.teacher.membership.ends_on == today + 2 * DAY


def _noon(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def test_a_psychologist_leaves_and_a_colleague_has_everything() -> None:
    at = School()
    other = psychologist(at.school)
    own = task_for(at.case, at.who)
    appointment = planned(at.who, None, at.pupil)
    shift = DutyShift.objects.create(
        school=at.school, membership=at.who.membership, starts_at=_noon(1), ends_at=_noon(2)
    )
    child = GuardianshipFactory.create()
    child.guardian.user = at.who.user
    child.guardian.save()
    MembershipFactory.create(user=at.who.user, role=Role.PARENT, guardian=child.guardian)
    enrol_own_phone(at.who)
    person = person_of(at.office, at.who.user.pk)
    assert {held.kind.code for held in person.held} == {"cases", "tasks", "duty", "appointments", "phones"}
    assert [held.names for held in person.held if held.kind.code == "cases"] == [["Case no. 1"]]
    assert at.who.user in staff_of(at.office)

    chosen = dict.fromkeys(("cases", "tasks", "duty", "appointments"), other.membership.pk)
    done = end_all_roles(at.office, at.who.user.pk, timezone.localdate() - DAY, chosen)
    assert done == {"cases": 1, "tasks": 1, "duty": 1, "appointments": 1, "phones": 1}
    for row in (at.case, own, appointment, shift):
        row.refresh_from_db()
    assert (at.case.owner, own.owner, appointment.owner) == (other.user, other.user, other.user)
    assert shift.membership == other.membership
    assert _rights(at.who.user) == ["parent"]
    assert not readable_memberships({(at.who.user.pk, at.who.membership.pk)})
    assert Alert.objects.filter(recipient=other.user, kind="case_assigned").count() == 1
    assert (end_phones_of_leavers(), end_phones_of_leavers()) == (1, 0)
    assert AuditEntry.objects.filter(action="staff.left").count() == 1


def test_without_a_successor_the_lead_is_let_in_and_told() -> None:
    at = School()
    lead = lead_over(at.school)
    region_lead = actor(Role.LEAD_PSYCHOLOGIST, region=at.school.district.region)
    own = task_for(at.case, at.who)
    planned(at.who, None, at.pupil)
    DutyShift.objects.create(school=at.school, membership=at.who.membership, starts_at=_noon(1), ends_at=_noon(2))
    end_all_roles(at.office, at.who.user.pk, timezone.localdate(), {})
    at.case.refresh_from_db()
    own.refresh_from_db()
    assert (at.case.owner, own.owner, own.owner_role) == (lead.user, lead.user, Role.LEAD_PSYCHOLOGIST)
    assert list(scoped_cases(lead)) == [at.case]
    assert not scoped_cases(region_lead).exists()
    assert Alert.objects.filter(recipient=lead.user, kind="case_assigned").exists()
    assert not DutyShift.objects.exists()
    assert Appointment.objects.get().owner == at.who.user
    assert _rights(at.who.user) == ["psychologist"]
    assert _rights(at.who.user, 1) == []


def test_where_nobody_may_have_the_case_it_stays() -> None:
    at = School()
    own = task_for(at.case, at.who)
    end_all_roles(at.office, at.who.user.pk, timezone.localdate(), {})
    own.refresh_from_db()
    assert (Case.objects.get().owner, own.owner) == (at.who.user, at.who.user)


def test_a_teacher_leaves_and_the_class_and_the_lessons_go_over() -> None:
    at = School()
    LessonSlotFactory.create(school_class=at.klass, teacher=at.teacher.user)
    MembershipFactory.create(
        user=at.teacher.user, role=Role.TEACHER, school=at.school, starts_on=timezone.localdate() + 9 * DAY
    )
    right = at.colleague.membership.pk
    person = person_of(at.office, at.teacher.user.pk)
    assert [held.kind.code for held in person.held] == ["classes", "lessons"]
    assert person.held[1].names == [f"{at.klass}, Математика"]
    end_all_roles(at.office, at.teacher.user.pk, timezone.localdate() - DAY, {"classes": right, "lessons": right})
    assert settle_class_tasks() == 1
    at.task.refresh_from_db()
    assert at.task.owner == at.colleague.user
    assert LessonSlot.objects.get().teacher == at.colleague.user
    assert _rights(at.teacher.user, 20) == []


def test_not_oneself_not_backwards_and_to_nobody_unfit() -> None:
    at = School()
    today = timezone.localdate()
    with pytest.raises(YearRefused):
        end_all_roles(at.office, at.office.user.pk, today, {})
    with pytest.raises(YearRefused):
        end_all_roles(at.office, at.who.user.pk, today - 2 * DAY, {})
    with pytest.raises(YearRefused):
        end_all_roles(at.office, at.who.user.pk, today, {"cases": at.colleague.membership.pk})
    with pytest.raises(User.DoesNotExist):
        end_all_roles(at.office, psychologist().user.pk, today, {})
    at.case.refresh_from_db()
    assert (at.case.owner, _rights(at.who.user)) == (at.who.user, ["psychologist"])
