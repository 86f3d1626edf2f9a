"""Who sees which appointments, how a week is laid out, and that every look is in the log."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from guardian.shortcuts import assign_perm

from caseflow.appointments.enums import CalledOffBy
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.calendar import ALL, DAY, OWN, WEEK, Asked, calendar_page
from caseflow.appointments.selectors.people import choice
from caseflow.appointments.selectors.scope import appointment_in_reach, changeable_appointments, scoped_appointments
from caseflow.appointments.selectors.words import words_of
from caseflow.appointments.services import call_off, plan_appointment, record_held
from caseflow.appointments.services.reading import (
    list_appointments,
    open_appointment,
    open_calendar,
    open_my_day,
    open_of_case,
    open_to_change,
)
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.appointments.factories import PURPOSE, at, begun, in_case, monday, plan, planned, room_at, this_year
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor

pytestmark = pytest.mark.django_db


def seen_by(who: Actor) -> set[object]:
    return set(scoped_appointments(who).values_list("pk", flat=True))


def colleague_of(who: Actor) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=who.membership.school)


def week_ahead() -> int:
    """Days from today to next week's Wednesday."""
    return (monday(1) - timezone.localdate()).days + 2


def test_psychologists_see_those_of_their_school_and_a_lead_those_of_granted_cases() -> None:
    who = psychologist()
    school, case = who.membership.school, case_of(who)
    assert school is not None
    lead = lead_over(school)
    alone, cased = planned(who, at(1, 9)), in_case(who, case, at(1, 11))
    assert seen_by(colleague_of(who)) == {alone.pk, cased.pk}
    assert seen_by(lead) == set()
    assign_perm("cases.work_on_case", lead.user, case)
    assert seen_by(lead) == {cased.pk}
    assert not changeable_appointments(lead).exists()
    for nobody in (psychologist(), actor(Role.PRINCIPAL, school=school), actor(Role.SCHOOL_ADMIN, school=school)):
        assert seen_by(nobody) == set()
    with pytest.raises(Appointment.DoesNotExist):
        appointment_in_reach(psychologist(), alone.pk)


def test_nobody_sees_what_is_about_the_own_child_but_that_the_room_is_taken() -> None:
    who = psychologist()
    parent, pupil, room = colleague_of(who), pupil_of(who), room_at(who)
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=parent.user))
    days = week_ahead()
    planned(who, at(days, 10), pupil, room=room.pk)
    assert seen_by(parent) == set()
    page = open_calendar(parent, Asked(timezone.localdate() + timedelta(days=days), DAY, ALL))
    (entry,) = page.entries
    assert (entry.appointment, entry.room, entry.people, entry.state, entry.own) == (None, str(room), [], "", False)
    assert page.shown == []
    assert not AuditEntry.objects.filter(action="appointments_read").exists()
    assert open_calendar(parent, Asked(timezone.localdate() + timedelta(days=days), DAY, OWN)).entries == []


def test_what_was_called_off_takes_no_room() -> None:
    who = psychologist()
    parent, pupil = colleague_of(who), pupil_of(who)
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=parent.user))
    made = planned(who, at(week_ahead(), 10), pupil, room=room_at(who).pk)
    call_off(who, made.pk, by=CalledOffBy.SCHOOL)
    assert open_calendar(parent, Asked(timezone.localdate(made.starts_at), DAY, ALL)).entries == []


def test_a_week_shows_its_school_days_and_any_other_that_has_something() -> None:
    who, days = psychologist(), week_ahead()
    wednesday = timezone.localdate() + timedelta(days=days)
    made = planned(who, at(days, 9, 10), pupil_of(who), minutes=30)
    page = open_calendar(who, Asked(wednesday))
    assert [day.date for day in page.days] == [monday(1) + timedelta(days=number) for number in range(5)]
    (entry,) = page.days[2].entries
    assert (entry.row, entry.rows, entry.own, entry.unanswered) == (3, 6, True, False)
    assert (page.hours.first, page.hours.last) == (9, 18)
    assert page.days[2].chosen
    assert [slot.row for slot in page.days[2].slots][:3] == [1, 7, 13]
    planned(who, at(days + 4, 20, 30))
    wide = open_calendar(who, Asked(wednesday))
    assert [day.date.isoweekday() for day in wide.days] == [1, 2, 3, 4, 5, 7]
    assert (wide.hours.last, wide.days[5].off) == (22, True)
    assert wide.days[2].entries[0].appointment == made


def test_a_school_with_six_days_has_its_saturday() -> None:
    who = psychologist()
    who.membership.school.six_day_week = True  # type: ignore[union-attr]  # a psychologist's unit is a school
    who.membership.school.save()  # type: ignore[union-attr]  # as above
    assert len(open_calendar(who, Asked(monday(1))).days) == 6


def test_past_days_offer_nothing_and_are_told_apart() -> None:
    who, today = psychologist(), timezone.localdate()
    page = open_calendar(who, Asked(today - timedelta(days=7)))
    assert {(day.past, day.today, day.slots) for day in page.days} == {(True, False, ())}
    assert open_calendar(who, Asked(today, DAY)).days[0].today


def test_own_and_all_are_two_views() -> None:
    who = psychologist()
    days = week_ahead()
    mine, theirs = planned(who, at(days, 9)), planned(colleague_of(who), at(days, 9))
    asked = timezone.localdate() + timedelta(days=days)
    assert open_calendar(who, Asked(asked, WEEK, OWN)).shown == [str(mine.pk)]
    assert set(open_calendar(who, Asked(asked, WEEK, ALL)).shown) == {str(mine.pk), str(theirs.pk)}
    assert AuditEntry.objects.filter(action="appointments_read").count() == 2


def test_a_lead_sees_a_calendar_without_free_times() -> None:
    who = psychologist()
    school, case = who.membership.school, case_of(who)
    assert school is not None
    lead = lead_over(school)
    assign_perm("cases.work_on_case", lead.user, case)
    made = in_case(who, case, at(week_ahead(), 10))
    page = open_calendar(lead, Asked(timezone.localdate(made.starts_at)))
    assert page.shown == [str(made.pk)]
    assert all(day.slots == () for day in page.days)


def test_the_days_before_and_after() -> None:
    day = monday(1) + timedelta(days=2)
    week, one = Asked(day), Asked(day, DAY)
    assert (week.first, week.last) == (monday(1), monday(1) + timedelta(days=6))
    assert (week.earlier, week.later) == (day - timedelta(days=7), day + timedelta(days=7))
    assert (one.first, one.last, one.earlier, one.later) == (day, day, day - timedelta(days=1), day + timedelta(days=1))


def test_what_is_over_and_unanswered_is_asked_about_until_it_is_answered() -> None:
    who = psychologist()
    made = begun(who, pupil_of(who))
    begun(colleague_of(who))
    day = open_my_day(who)
    assert ([each.pk for each in day.unanswered], day.coming) == ([made.pk], [])
    assert open_calendar(who, Asked(monday(3))).unanswered == (made,)
    assert open_calendar(who, Asked(timezone.localdate(made.starts_at), DAY)).entries[0].unanswered
    record_held(who, made.pk)
    assert open_my_day(who).unanswered == []


def test_my_day_shows_what_is_still_to_come_today() -> None:
    who, now = psychologist(), timezone.now()
    made = planned(who, at(1, 10))
    soon = now + timedelta(minutes=1)
    Appointment.objects.filter(pk=made.pk).update(starts_at=soon, ends_at=soon + timedelta(minutes=5))
    expected = [made.pk] if timezone.localdate(soon) == timezone.localdate(now) else []
    assert [each.pk for each in open_my_day(who).coming] == expected


def test_a_look_at_nothing_leaves_no_entry() -> None:
    open_my_day(psychologist())
    assert not AuditEntry.objects.filter(action="appointments_read").exists()


def test_an_appointment_opens_with_its_words_and_its_history() -> None:
    who, first = psychologist(), monday(1)
    this_year(who, first + timedelta(weeks=2, days=6))
    made = plan_appointment(who, plan(at((first - timezone.localdate()).days, 10)), every_week=True)
    later = Appointment.objects.count() - 1
    opened = open_appointment(who, made.pk)
    assert (opened.purpose, opened.reason, opened.moves, opened.later) == (PURPOSE, "", [], later)
    assert (opened.begun, opened.unanswered, opened.may_change) == (False, False, True)
    assert opened.plan.starts_at == made.starts_at
    assert AuditEntry.objects.get(action="appointment_read").obj == f"appointments.Appointment/{made.pk}"


def test_the_reading_of_one_in_a_case_is_logged_with_its_pupil() -> None:
    who = psychologist()
    case = case_of(who)
    open_appointment(who, in_case(who, case).pk)
    assert AuditEntry.objects.get(action="appointment_read").pupil_id == case.pupil_id


def test_whoever_may_only_read_does_not_open_it_to_change() -> None:
    who = psychologist()
    school, case = who.membership.school, case_of(who)
    assert school is not None
    lead = lead_over(school)
    assign_perm("cases.work_on_case", lead.user, case)
    made = in_case(who, case)
    assert open_appointment(lead, made.pk).may_change is False
    with pytest.raises(Appointment.DoesNotExist):
        open_to_change(lead, made.pk)
    assert open_to_change(who, made.pk).appointment == made


def test_a_case_lists_its_appointments_and_those_its_pupil_was_to_come_to() -> None:
    who = psychologist()
    case = case_of(who)
    other = planned(who, at(-1, 9), case.pupil)
    own, parent = in_case(who, case, at(1, 9)), planned(who, at(2, 9), case=case.pk)
    planned(who, at(3, 9), pupil_of(who))
    assert open_of_case(who, case.pk) == [parent, own, other]
    with pytest.raises(Case.DoesNotExist):
        open_of_case(psychologist(), case.pk)


def test_the_list_of_the_api_holds_what_may_be_opened() -> None:
    who = psychologist()
    made = planned(who, at(week_ahead(), 10))
    assert list_appointments(who, Asked(timezone.localdate(made.starts_at))) == [made]


def test_who_can_be_chosen_follows_from_who_was() -> None:
    who = psychologist()
    case = case_of(who)
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    teacher = actor(Role.TEACHER, school=who.membership.school)
    other = pupil_of(who, last_name="Жұмабаева")
    nobody = choice(who, pupils=[], members=[], case=None)
    assert (nobody.pupils, nobody.found, nobody.guardians, nobody.cases) == ([], [], [], [])
    chosen = choice(who, pupils=[case.pupil_id], members=[teacher.user.pk], case=None, query="Жұмаб")
    assert (chosen.pupils, chosen.members, chosen.found) == ([case.pupil], [teacher.user], [other])
    assert (chosen.guardians, chosen.cases) == ([mother], [case])
    by_case = choice(who, pupils=[], members=[], case=case.pk, query=teacher.user.last_name)
    assert (by_case.guardians, by_case.found_members) == ([mother], [teacher.user])
    assert choice(who, pupils=[], members=[], case=None, query="Ж").found == []


def test_a_calendar_takes_as_many_queries_with_many_appointments_as_with_one() -> None:
    who = psychologist()
    days = week_ahead()
    asked = Asked(timezone.localdate() + timedelta(days=days), WEEK, ALL)

    def asks() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = calendar_page(who, asked)
            assert [entry.people for entry in page.entries]
        return len(queries)

    planned(who, at(days, 8), pupil_of(who), room=room_at(who).pk)
    few = asks()
    for number in range(9):
        planned(who, at(days, 9 + number), pupil_of(who), pupil_of(who), room=room_at(who).pk)
    assert asks() == few


def test_when_a_pupil_is_erased_the_appointment_stays_as_a_number() -> None:
    who = psychologist()
    case = case_of(who)
    made = in_case(who, case, at(-1, 10))
    pupil, key = case.pupil, case.data_key
    lines = ChronologyEntry._base_manager.filter(case=case)
    lines._raw_delete(lines.db)  # as erasure does: a line is never deleted by itself
    case.delete()
    key.delete()
    Pupil.objects.filter(pk=pupil.pk).delete()
    left = Appointment.objects.select_related("data_key").get(pk=made.pk)
    assert (left.kind, left.minutes, left.pupil_count, left.people_count) == ("pupil", 45, 1, 1)
    assert (left.case, left.data_key, left.participants.count(), words_of(left, "purpose")) == (None, None, 0, "")
    assert record_held(who, left.pk, reason="Пришёл").state == "held"
    assert open_appointment(who, left.pk).reason == ""
