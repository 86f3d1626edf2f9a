"""Planning: who and what is in reach, what refuses an appointment, and what is written of one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.appointments.enums import AppointmentKind, Reach
from caseflow.appointments.models import Appointment, Participant
from caseflow.appointments.rules import AppointmentRefused
from caseflow.appointments.selectors.words import words_of
from caseflow.appointments.services import change_appointment, move_appointment, plan_appointment
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.clocks.selectors.deadlines import public_holidays
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Pupil, Room
from tests.appointments.factories import PURPOSE, at, in_case, monday, plan, planned, room_at, this_year
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianshipFactory, RoomFactory, actor

pytestmark = pytest.mark.django_db


def test_what_was_planned_is_kept_with_its_people_and_its_words_sealed() -> None:
    who = psychologist()
    school, pupil, room = who.membership.school, pupil_of(who), room_at(who)
    teacher = actor(Role.TEACHER, school=school)
    mother = GuardianshipFactory.create(pupil=pupil).guardian
    made = planned(who, None, pupil, room=room.pk, guardians=(mother.pk,), members=(teacher.user.pk,))
    found = Appointment.objects.get(pk=made.pk)
    assert (found.owner, found.school, found.room, found.kind) == (who.user, school, room, "pupil")
    assert (found.starts_at, found.ends_at, found.minutes) == (at(1, 10), at(1, 10, 45), 45)
    assert (found.pupil_count, found.people_count, found.state, found.case) == (1, 3, "planned", None)
    assert sorted(each.person for each in found.participants.all()) == sorted(
        [pupil.short_name, mother.short_name, teacher.user.short_name]
    )
    assert PURPOSE.encode() not in bytes(found.purpose_sealed)
    assert words_of(found, "purpose") == PURPOSE
    entry = AuditEntry.objects.get(action="appointment_planned")
    assert (entry.obj, entry.actor_id) == (f"appointments.Appointment/{made.pk}", who.user.pk)


def test_words_are_sealed_with_the_key_of_the_case_else_of_the_one_pupil_else_one_of_their_own() -> None:
    who = psychologist()
    case, pupil, other = case_of(who), pupil_of(who), pupil_of(who)
    assert in_case(who, case, at(1, 9)).data_key == case.data_key
    assert planned(who, at(1, 10), pupil).data_key == pupil.data_key
    group = planned(who, at(1, 11), pupil, other, kind=AppointmentKind.GROUP)
    assert group.data_key not in (None, pupil.data_key, other.data_key)


@pytest.mark.parametrize(
    ("starts_at", "minutes", "why"),
    [
        (at(1, 10), 47, "in steps of 5 minutes"),
        (at(1, 10), 0, "from 5 minutes"),
        (at(1, 10), 485, "to 8 hours"),
        (at(1, 10, 3), 45, "a whole step"),
        (at(1, 10) + timedelta(seconds=1), 45, "a whole step"),
        (at(1, 23, 30), 45, "ends on the day"),
        (at(-40, 10), 45, "up to a month later"),
        (at(420, 10), 45, "up to a year ahead"),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(starts_at: object, minutes: int, why: str) -> None:
    with pytest.raises(AppointmentRefused, match=why):
        planned(psychologist(), starts_at, minutes=minutes)  # type: ignore[arg-type]


def test_a_crowd_is_refused() -> None:
    with pytest.raises(AppointmentRefused, match="too many people"):
        plan_appointment(psychologist(), plan(members=tuple(range(61))))


def test_nobody_and_nothing_out_of_reach_comes_into_an_appointment() -> None:
    who, elsewhere = psychologist(), psychologist()
    stranger, pupil = pupil_of(elsewhere), pupil_of(who)
    with pytest.raises(Pupil.DoesNotExist):
        planned(who, None, stranger)
    with pytest.raises(Guardian.DoesNotExist):
        planned(who, None, pupil, guardians=(GuardianshipFactory.create(pupil=stranger).guardian.pk,))
    with pytest.raises(User.DoesNotExist):
        planned(who, None, members=(elsewhere.user.pk,))
    with pytest.raises(User.DoesNotExist):
        planned(who, None, members=(who.user.pk,))
    with pytest.raises(Room.DoesNotExist):
        planned(who, None, room=RoomFactory.create().pk)
    with pytest.raises(Case.DoesNotExist):
        planned(who, None, case=case_of(elsewhere).pk)
    assert not Appointment.objects.exists()


def test_a_lead_and_others_plan_none() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    for other in (lead_over(school), actor(Role.PRINCIPAL, school=school)):
        with pytest.raises(Appointment.DoesNotExist):
            planned(other)


def test_an_appointment_in_a_closed_case_is_refused() -> None:
    who = psychologist()
    case = case_of(who)
    close_case(who, case.pk, reason="Помощь оказана")
    with pytest.raises(AppointmentRefused, match="The case is closed"):
        in_case(who, case)


def test_a_parent_comes_about_a_case_without_the_pupil() -> None:
    who = psychologist()
    case = case_of(who)
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    made = planned(who, None, case=case.pk, guardians=(mother.pk,), kind=AppointmentKind.PARENT)
    assert (made.case, made.pupil_count, made.people_count) == (case, 0, 1)


def test_the_same_psychologist_room_or_pupil_is_not_taken_twice_and_the_refusal_says_what_stands_there() -> None:
    who = psychologist()
    colleague = actor(Role.PSYCHOLOGIST, school=who.membership.school)
    pupil, room = pupil_of(who), room_at(who)
    planned(who, at(1, 10), pupil, room=room.pk)
    day = timezone.localtime(at(1, 10))
    with pytest.raises(AppointmentRefused) as own:
        planned(who, at(1, 10, 40))
    assert str(own.value) == f"You have an appointment then: {day:%d.%m}, 10:00–10:45, Consultation of a pupil."
    with pytest.raises(AppointmentRefused) as theirs:
        planned(colleague, at(1, 10, 40), pupil)
    assert str(theirs.value) == f"{pupil.short_name} has an appointment then: {day:%d.%m}, 10:00–10:45."
    with pytest.raises(AppointmentRefused) as taken:
        planned(colleague, at(1, 9, 30), room=room.pk)
    assert str(taken.value) == f"The room is taken then: {day:%d.%m}, 10:00–10:45."
    assert planned(colleague, at(1, 10, 45), pupil, room=room.pk).owner == colleague.user


def test_who_changes_a_colleagues_appointment_is_told_whose_time_is_taken() -> None:
    who = psychologist()
    colleague = actor(Role.PSYCHOLOGIST, school=who.membership.school)
    planned(who, at(1, 10))
    later = planned(who, at(1, 12))
    with pytest.raises(AppointmentRefused, match=f"{who.user.short_name} has an appointment then"):
        move_appointment(colleague, later.pk, starts_at=at(1, 10))


def test_a_psychologist_of_two_schools_is_one_person() -> None:
    who, elsewhere = psychologist(), psychologist()
    elsewhere.membership.user = who.user
    elsewhere.membership.save()
    planned(who, at(1, 10))
    both = type(who)(who.user, elsewhere.membership)
    with pytest.raises(AppointmentRefused, match="You have an appointment then"):
        planned(both, at(1, 10))


def test_a_move_keeps_the_old_time_and_does_not_stand_in_its_own_way() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    made = planned(who, at(1, 10), pupil)
    moved = move_appointment(who, made.pk, starts_at=at(1, 10, 15), minutes=60)
    assert (moved.starts_at, moved.ends_at, moved.sequence) == (at(1, 10, 15), at(1, 11, 15), 1)
    old = moved.moves.get()
    assert (old.starts_at, old.ends_at, old.by) == (at(1, 10), at(1, 10, 45), who.user)
    assert words_of(Appointment.objects.select_related("data_key").get(pk=made.pk), "purpose") == PURPOSE
    assert [each.pupil for each in moved.participants.all()] == [pupil]


def test_a_change_of_all_but_the_time_leaves_no_move() -> None:
    who = psychologist()
    pupil, other = pupil_of(who), pupil_of(who)
    made = planned(who, at(1, 10), pupil)
    wanted = plan(at(1, 10), pupil, other, kind=AppointmentKind.GROUP, purpose="Занятие")
    changed = change_appointment(who, made.pk, wanted)
    assert (changed.kind, changed.pupil_count, changed.sequence) == ("group", 2, 0)
    assert words_of(changed, "purpose") == "Занятие"
    assert not changed.moves.exists()
    assert AuditEntry.objects.get(action="appointment_changed").detail == {"moved": False}


def test_who_has_left_meanwhile_stays_in_the_appointment_and_a_closed_case_keeps_it() -> None:
    who = psychologist()
    case = case_of(who)
    made = in_case(who, case, at(1, 10), room=room_at(who).pk)
    close_case(who, case.pk, reason="Помощь оказана")
    Pupil.objects.filter(pk=case.pupil_id).update(left_on=timezone.localdate() - timedelta(days=1))
    moved = move_appointment(who, made.pk, starts_at=at(2, 10))
    assert (moved.case, moved.participants.get().pupil) == (case, case.pupil)


def test_a_change_to_what_is_out_of_reach_is_refused() -> None:
    who, elsewhere = psychologist(), psychologist()
    made = planned(who, at(1, 10))
    with pytest.raises(Room.DoesNotExist):
        change_appointment(who, made.pk, plan(at(1, 10), room=RoomFactory.create().pk))
    with pytest.raises(AppointmentRefused, match="a whole step"):
        move_appointment(who, made.pk, starts_at=at(1, 10, 2))
    with pytest.raises(Appointment.DoesNotExist):
        move_appointment(elsewhere, made.pk, starts_at=at(1, 11))


def test_a_series_takes_place_each_week_until_the_school_year_ends_but_for_days_off() -> None:
    who, first = psychologist(), monday(1)
    year = this_year(who, first + timedelta(weeks=4))
    year.breaks.create(starts_on=first + timedelta(weeks=2), ends_on=first + timedelta(weeks=2, days=4))
    made = plan_appointment(who, plan(at((first - timezone.localdate()).days, 10)), every_week=True)
    assert made.series is not None
    days = [timezone.localdate(each.starts_at) for each in made.series.appointments.all()]
    expected = [first + timedelta(weeks=week) for week in (0, 1, 3, 4)]
    assert days == [day for day in expected if day == first or day not in public_holidays(day.year)]
    assert made.series.until == days[-1]
    assert AuditEntry.objects.filter(action="appointment_planned").count() == len(days)


def test_a_series_with_one_day_is_none_and_one_without_a_school_year_is_refused() -> None:
    who, first = psychologist(), monday(1)
    when = at((first - timezone.localdate()).days, 10)
    with pytest.raises(AppointmentRefused, match="No school year is known"):
        plan_appointment(who, plan(when), every_week=True)
    this_year(who, first + timedelta(days=3))
    assert plan_appointment(who, plan(when), every_week=True).series is None


def test_a_series_of_which_one_is_taken_is_refused_as_a_whole() -> None:
    who, first = psychologist(), monday(1)
    this_year(who, first + timedelta(weeks=3))
    ahead = (first - timezone.localdate()).days
    planned(who, at(ahead + 7, 10))
    with pytest.raises(AppointmentRefused, match="You have an appointment then"):
        plan_appointment(who, plan(at(ahead, 10)), every_week=True)
    assert Appointment.objects.count() == 1


def test_one_of_a_series_is_moved_alone_or_with_those_that_follow() -> None:
    who, first = psychologist(), monday(1)
    this_year(who, first + timedelta(weeks=3, days=6))
    ahead = (first - timezone.localdate()).days
    made = plan_appointment(who, plan(at(ahead, 10)), every_week=True)
    assert made.series is not None
    every = list(made.series.appointments.order_by("starts_at"))
    move_appointment(who, every[0].pk, starts_at=at(ahead, 12))
    move_appointment(who, every[1].pk, starts_at=every[1].starts_at + timedelta(days=1, hours=1), reach=Reach.FOLLOWING)
    moved = list(made.series.appointments.order_by("starts_at"))
    assert moved[0].starts_at == at(ahead, 12)
    shift = timedelta(days=1, hours=1)
    assert [each.starts_at for each in moved[1:]] == [each.starts_at + shift for each in every[1:]]
    assert [each.moves.count() for each in moved] == [1] * len(moved)


def test_a_participant_is_one_person() -> None:
    made = planned(psychologist())
    assert Participant(appointment=made).person == ""
    assert str(Participant(appointment=made, member_id=5)) == f"{made.pk} 5"


def test_an_unknown_appointment_is_not_there() -> None:
    with pytest.raises(Appointment.DoesNotExist):
        move_appointment(psychologist(), uuid4(), starts_at=at(1, 10))
