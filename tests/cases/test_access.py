from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import BreakGlass, Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.lists import workload
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services import assign_case, break_glass, close_case
from caseflow.directory.enums import Role
from notifications.models import Alert
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, pupil_of, task_for
from tests.directory.factories import GuardianFactory, GuardianshipFactory, SchoolFactory, actor

pytestmark = pytest.mark.django_db


def test_a_psychologist_reaches_the_cases_of_the_own_school() -> None:
    who, stranger = psychologist(), psychologist()
    case = case_of(who)
    assert list(scoped_cases(psychologist(case.school))) == [case]
    assert not scoped_cases(stranger).exists()


def test_the_case_of_a_pupil_who_left_can_still_be_opened() -> None:
    who = psychologist()
    case = case_of(who)
    case.pupil.left_on = timezone.localdate()
    case.pupil.save()
    assert list(scoped_cases(who)) == [case]


def test_nobody_on_the_staff_reaches_the_case_of_the_own_child() -> None:
    who = psychologist()
    case = case_of(who)
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=who.user))
    assert not scoped_cases(who).exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST}))
def test_no_other_role_reaches_a_case(role: Role) -> None:
    case = case_of(psychologist())
    assert not scoped_cases(actor(role, school=case.school)).exists()


def test_a_lead_reaches_only_a_given_case_and_counts_the_rest() -> None:
    who = psychologist()
    given, other = case_of(who), case_of(who)
    late = task_for(other, who)
    type(late).objects.update(due_at=timezone.now() - timedelta(hours=1))
    lead = lead_over(given.school)
    assert not scoped_cases(lead).exists()
    assign_case(who, given.pk, lead.user.pk)
    assert list(scoped_cases(lead)) == [given]
    row = workload(lead)[0]
    assert (row.open_cases, row.unassessed, row.late_tasks) == (2, 2, 1)


def test_a_lead_of_another_district_loses_nothing_and_gains_nothing() -> None:
    who = psychologist()
    case = case_of(who)
    elsewhere = lead_over(SchoolFactory.create())
    with pytest.raises(CaseRefused):
        assign_case(who, case.pk, elsewhere.user.pk)
    assert not scoped_cases(elsewhere).exists()


def test_giving_the_case_to_a_colleague_changes_who_leads_it_and_tells_them() -> None:
    who = psychologist()
    case = case_of(who)
    colleague = psychologist(case.school)
    Case.objects.update(owned_since=timezone.now() - timedelta(days=9))
    changed = assign_case(who, case.pk, colleague.user.pk)
    alert = Alert.objects.get()
    assert changed.owner == colleague.user
    assert timezone.now() - changed.owned_since < timedelta(minutes=1)
    assert (alert.recipient, alert.kind, alert.params["number"]) == (colleague.user, "case_assigned", case.number)


def test_a_case_is_not_given_to_a_teacher_a_parent_or_its_own_leader() -> None:
    who = psychologist()
    case = case_of(who)
    parent = psychologist(case.school)
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=parent.user))
    for person in (class_teacher_of(case.pupil), parent, who):
        with pytest.raises(CaseRefused):
            assign_case(who, case.pk, person.user.pk)


def test_breaking_the_glass_opens_one_case_for_a_day() -> None:
    who = psychologist()
    case, other = case_of(who), case_of(who)
    lead = lead_over(case.school)
    glass = break_glass(lead, school_id=case.school_id, number=case.number, reason="Психолог в больнице")
    assert list(scoped_cases(lead)) == [case]
    assert glass.ends_at - glass.at == timedelta(hours=24)
    BreakGlass.objects.update(at=timezone.now() - timedelta(hours=25), ends_at=timezone.now() - timedelta(hours=1))
    assert not scoped_cases(lead).exists()
    assert other.is_open


def test_breaking_the_glass_is_logged_shown_in_the_case_and_told_to_the_officer() -> None:
    who = psychologist()
    case = case_of(who)
    lead, officer = lead_over(case.school), actor(Role.DPO)
    regional = actor(Role.DPO, region=case.school.district.region)
    actor(Role.DPO, school=SchoolFactory.create())
    break_glass(lead, school_id=case.school_id, number=case.number, reason="Психолог в больнице")
    entry = AuditEntry.objects.get(action="break_glass")
    assert (entry.actor, entry.pupil_id) == (lead.user, case.pupil_id)
    assert case.entries.filter(code="glass_broken", author=lead.user).exists()
    told = Alert.objects.filter(kind="break_glass")
    assert {alert.recipient for alert in told} == {officer.user, regional.user}


def test_the_glass_needs_a_reason_a_lead_a_unit_and_no_access_yet() -> None:
    who = psychologist()
    case = case_of(who)
    lead = lead_over(case.school)
    where = {"school_id": case.school_id, "number": case.number}
    with pytest.raises(CaseRefused):
        break_glass(lead, **where, reason=" ")
    for stranger in (psychologist(case.school), lead_over(SchoolFactory.create())):
        with pytest.raises(Case.DoesNotExist):
            break_glass(stranger, **where, reason="Срочно")
    break_glass(lead, **where, reason="Срочно")
    with pytest.raises(CaseRefused):
        break_glass(lead, **where, reason="Ещё раз")
    assert BreakGlass.objects.count() == 1


def test_a_closed_case_is_not_given_away() -> None:
    who = psychologist()
    case = case_of(who)
    colleague = psychologist(case.school)
    close_case(who, case.pk, reason="Пора")
    with pytest.raises(CaseRefused):
        assign_case(who, case.pk, colleague.user.pk)


def test_the_pupils_of_another_school_stay_out_of_the_workload() -> None:
    case = case_of(psychologist())
    lead = lead_over(pupil_of(psychologist()).school)
    assert [row.open_cases for row in workload(lead)] == [0]
    assert case.is_open
