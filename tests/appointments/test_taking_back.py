"""What was said of an appointment, and another time for it, taken back at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.appointments.enums import AppointmentKind, AppointmentState, CalledOffBy, Reach
from caseflow.appointments.models import Appointment, Reminder, Series
from caseflow.appointments.rules import only_moved
from caseflow.appointments.selectors.plans import plan_of
from caseflow.appointments.services import (
    call_off,
    change_appointment,
    move_appointment,
    plan_appointment,
    record_held,
    record_not_come,
)
from caseflow.audit.models import AuditEntry
from caseflow.cases.wordings import sentence
from caseflow.directory.actors import Actor
from caseflow.records.models import DataKey
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import take_back
from tests.appointments.factories import at, begun, in_case, monday, plan, planned, room_at, this_year
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import signed_in
from tests.journals.factories import recorded
from tests.undo.factories import offer_in, undone

pytestmark = pytest.mark.django_db
ANSWERED, MOVED, MADE = "appointment_answered", "appointment_moved", "appointment_made"


@pytest.fixture
def who() -> Actor:
    return psychologist()


def now(made: Appointment) -> Appointment:
    return Appointment.objects.get(pk=made.pk)


def taken_back(who: Actor, done: Appointment) -> str:
    return undone(who, ANSWERED, done.pk, at=done.changed_at)


def put_back(who: Actor, done: Appointment, room: str = "") -> str:
    return undone(who, MOVED, done.pk, at=done.changed_at, room=room)


def test_what_was_held_is_planned_again_and_the_case_says_both(who: Actor) -> None:
    case = case_of(who)
    made = in_case(who, case, at(-1, 10))
    page = taken_back(who, record_held(who, made.pk, reason="Спокойно"))
    assert page == reverse("appointments:detail", args=[made.pk])
    found = now(made)
    assert (found.state, found.answered_at, found.reason_sealed) == (AppointmentState.PLANNED, None, b"")
    assert found.participants.get().came is None
    lines = [sentence(entry.kind, entry.code, entry.params) for entry in case.entries.filter(kind="appointment")]
    assert sorted(lines) == [
        "Appointment held: Consultation of a pupil",
        "Taken back at once: what was said of the appointment",
    ]
    assert AuditEntry.objects.get(action="appointment_undone").detail == {"state": "held"}
    record_not_come(who, made.pk)
    assert now(made).state == AppointmentState.NOT_COME


def test_what_was_called_off_takes_its_time_again_with_its_reminder(who: Actor) -> None:
    made = planned(who, at(2, 10))
    off = call_off(who, made.pk, by=CalledOffBy.SCHOOL)
    assert not Reminder.objects.filter(pk=made.pk).exists()
    taken_back(who, off)
    found = now(made)
    assert (found.state, found.called_off_by, found.sequence) == (AppointmentState.PLANNED, "", 2)
    assert Reminder.objects.filter(pk=made.pk, told_at=None).exists()


def test_a_series_called_off_together_comes_back_together(who: Actor) -> None:
    this_year(who, monday(6))
    first = plan_appointment(who, plan(at(8, 10)), every_week=True)
    rest = Appointment.objects.filter(series=first.series_id)
    assert rest.count() > 2
    taken_back(who, call_off(who, first.pk, by=CalledOffBy.SCHOOL, reach=Reach.FOLLOWING))
    assert set(rest.values_list("state", flat=True)) == {"planned"}


def test_nothing_comes_back_where_somebody_has_the_time_by_now(who: Actor) -> None:
    made = planned(who, at(2, 10))
    off = call_off(who, made.pk, by=CalledOffBy.SCHOOL)
    planned(who, at(2, 10))
    with pytest.raises(TooLateError):
        taken_back(who, off)
    moved = move_appointment(who, planned(who, at(3, 10)).pk, starts_at=at(3, 14))
    planned(who, at(3, 10))
    with pytest.raises(TooLateError):
        put_back(who, moved)


def test_nothing_comes_back_once_it_was_written_of_or_changed(who: Actor) -> None:
    with pytest.raises(TooLateError):
        taken_back(who, recorded(who, pupil_of(who), hour=14))
    made = begun(who, pupil_of(who))
    held = record_held(who, made.pk)
    Appointment.objects.filter(pk=made.pk).update(answered_by=psychologist().user)
    with pytest.raises(TooLateError):
        taken_back(who, held)
    moved = move_appointment(who, planned(who, at(3, 10)).pk, starts_at=at(3, 14))
    move_appointment(who, moved.pk, starts_at=at(3, 16))
    with pytest.raises(TooLateError):
        put_back(who, moved)


def test_an_answer_given_in_the_same_moment_is_no_move(who: Actor) -> None:
    held = record_held(who, begun(who, pupil_of(who)).pk)
    with pytest.raises(TooLateError):
        put_back(who, held)


def test_a_moved_one_has_its_time_and_room_again_and_both_moves_are_kept(who: Actor) -> None:
    room = room_at(who)
    made = planned(who, at(2, 10), room=room.pk)
    moved = change_appointment(who, made.pk, replace(plan_of(made), starts_at=at(2, 14), room=None))
    put_back(who, moved, str(room.pk))
    found = now(made)
    assert (found.starts_at, found.room, found.sequence) == (at(2, 10), room, 2)
    assert sorted(found.moves.values_list("starts_at", flat=True)) == [at(2, 10), at(2, 14)]
    assert Reminder.objects.get(pk=made.pk).due_at < at(2, 10)


def test_another_room_alone_goes_back_without_a_move(who: Actor) -> None:
    made = planned(who, at(2, 10))
    put_back(who, change_appointment(who, made.pk, replace(plan_of(made), room=room_at(who).pk)))
    assert (now(made).room, now(made).moves.count(), now(made).sequence) == (None, 0, 0)


def test_a_series_moved_together_goes_back_together(who: Actor) -> None:
    this_year(who, monday(6))
    first = plan_appointment(who, plan(at(8, 10)), every_week=True)
    before = list(Appointment.objects.filter(series=first.series_id).values_list("starts_at", flat=True))
    moved = move_appointment(who, first.pk, starts_at=at(8, 15), reach=Reach.FOLLOWING)
    put_back(who, moved)
    assert list(Appointment.objects.filter(series=first.series_id).values_list("starts_at", flat=True)) == before


def test_only_another_time_or_room_counts_as_moved(who: Actor) -> None:
    one, two = pupil_of(who), pupil_of(who)
    before = plan(at(2, 10), one, two)
    later = replace(before, starts_at=at(2, 12), minutes=30, pupils=(two.pk, one.pk), purpose=f" {before.purpose}\n")
    assert only_moved(before, later)
    assert only_moved(before, replace(before, room=7))
    assert not only_moved(before, replace(before, room=7), room=False)
    assert not only_moved(before, replace(later, purpose="Другое"))
    assert not only_moved(before, replace(later, pupils=(one.pk,)))
    assert not only_moved(before, replace(later, kind=AppointmentKind.GROUP))


def test_the_page_offers_it_after_a_move_and_not_after_other_words(who: Actor) -> None:
    made = planned(who, at(2, 10), pupil_of(who))
    sent = {
        "day": f"{at(2, 10):%Y-%m-%d}",
        "time": "12:00",
        "minutes": "45",
        "kind": "pupil",
        "pupils": str(made.participants.get().pupil_id),
        "purpose": plan_of(made).purpose,
    }
    address = reverse("appointments:change", args=[made.pk])
    page = signed_in(who).post(address, sent, follow=True).content.decode()
    assert "The appointment is changed." in page
    assert "data-undo-offer" in page
    assert now(made).starts_at == at(2, 10) + timedelta(hours=2)
    page = signed_in(who).post(address, sent | {"purpose": "Другое"}, follow=True).content.decode()
    assert "The appointment is changed." in page
    assert "data-undo-offer" not in page


def unmade(who: Actor, made: Appointment) -> str:
    return undone(who, MADE, made.pk, at=made.created_at)


def test_what_was_booked_by_mistake_is_gone_and_the_form_opens_with_its_time_and_people(who: Actor) -> None:
    case = case_of(who)
    made = in_case(who, case, at(2, 10), purpose="О сне")
    page = unmade(who, made)
    assert not Appointment.objects.exists()
    assert not Reminder.objects.exists()
    assert AuditEntry.objects.get(action="appointment_unmade").pupil_id == case.pupil_id
    form = signed_in(who).get(page).content.decode()
    for there in (f'value="{at(2, 10):%Y-%m-%d}"', 'value="10:00"', str(case.pupil_id)):
        assert there in form
    assert "О сне" not in page


def test_a_series_goes_with_the_key_of_its_own(who: Actor) -> None:
    this_year(who, monday() + timedelta(days=30))
    keys = set(DataKey.objects.values_list("pk", flat=True))
    start = at((monday() - timezone.localdate()).days, 9)
    first = plan_appointment(who, plan(start, pupil_of(who), pupil_of(who)), every_week=True)
    assert Appointment.objects.count() > 1
    unmade(who, first)
    assert not Appointment.objects.exists()
    assert not Series.objects.exists()
    assert not DataKey.objects.exclude(pk__in=keys).filter(purpose="appointment").exists()


def test_what_was_changed_since_or_made_by_somebody_else_stays(who: Actor) -> None:
    moved = planned(who, at(2, 10), pupil_of(who))
    move_appointment(who, moved.pk, starts_at=at(2, 12))
    with pytest.raises(TooLateError):
        unmade(who, moved)
    other = planned(who, at(3, 10), pupil_of(who))
    with pytest.raises(TooLateError):
        unmade(psychologist(), other)
    assert Appointment.objects.count() == 2


def test_a_series_of_which_one_was_called_off_by_now_stays(who: Actor) -> None:
    this_year(who, monday() + timedelta(days=30))
    first = plan_appointment(who, plan(at(8, 9)), every_week=True)
    later = Appointment.objects.filter(series=first.series_id).exclude(pk=first.pk).latest("starts_at")
    call_off(who, later.pk, by=CalledOffBy.SCHOOL)
    before = Appointment.objects.count()
    with pytest.raises(TooLateError):
        unmade(who, first)
    assert Appointment.objects.count() == before


def test_the_page_that_books_offers_to_take_it_back(who: Actor) -> None:
    start = at(2, 10)
    sent = {"day": f"{start:%Y-%m-%d}", "time": "10:00", "minutes": "45", "kind": "other"}
    answer = signed_in(who).post(reverse("appointments:new"), sent)
    take_back(who, offer_in(answer))
    assert not Appointment.objects.exists()
