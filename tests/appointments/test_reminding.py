"""Reminders: told once, moved with the appointment, taken back with it, and without a word of whom it is about."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from caseflow.appointments.enums import CalledOffBy
from caseflow.appointments.models import Appointment, Reminder
from caseflow.appointments.rules import AppointmentRefused
from caseflow.appointments.services import (
    call_off,
    change_appointment,
    minutes_before,
    move_appointment,
    reminding,
    set_reminder_wish,
    sweep_reminders,
)
from caseflow.appointments.tasks import sweep_reminders as sweep_task
from notifications.models import Alert
from notifications.texts import sentence
from tests.appointments.factories import at, begun, due_now, plan, planned
from tests.cases.factories import psychologist, pupil_of
from tests.triage.test_concurrency import at_once

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


def test_it_is_due_a_quarter_of_an_hour_before_unless_another_time_was_chosen() -> None:
    who = psychologist()
    made = planned(who, at(1, 10))
    assert made.reminder.due_at == at(1, 10) - QUARTER
    assert (minutes_before(who.user.pk), set_reminder_wish(who, 60), minutes_before(who.user.pk)) == (15, 60, 60)
    assert Reminder.objects.get().due_at == at(1, 9)
    assert planned(who, at(1, 12)).reminder.due_at == at(1, 11)


def test_who_wants_none_has_none_and_a_length_that_is_not_offered_is_refused() -> None:
    who = psychologist()
    planned(who, at(1, 10))
    set_reminder_wish(who, 0)
    assert not Reminder.objects.exists()
    with pytest.raises(AppointmentRefused):
        set_reminder_wish(who, 7)


def test_what_has_begun_is_not_reminded_of() -> None:
    begun(psychologist())
    assert not Reminder.objects.exists()


def test_the_owner_is_told_once_when_and_where_and_nothing_else() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    made = planned(who, at(1, 10), pupil)
    assert sweep_reminders() == 0
    due_now(made)
    assert [sweep_task(), sweep_reminders()] == [1, 0]
    told = Alert.objects.get()
    assert (told.recipient, told.membership_id, told.kind) == (who.user, who.membership.pk, "appointment_soon")
    assert told.url == f"/calendar/{made.pk}/"
    said = sentence(told.kind, told.params)
    day = timezone.localtime(made.starts_at)
    assert said == f"Your next appointment: {day:%d.%m} 10:00. {made.school.names['en']}"
    assert pupil.last_name not in f"{told.params} {said}"


def test_a_reminder_moves_with_its_appointment_and_is_told_anew_for_the_new_time_alone() -> None:
    who = psychologist()
    made = planned(who, at(1, 10))
    due_now(made)
    sweep_reminders()
    Reminder.objects.filter(pk=made.pk).update(due_at=at(1, 10) - QUARTER)
    change_appointment(who, made.pk, plan(at(1, 10), purpose="Другое"))
    assert Reminder.objects.get().told_at is not None
    move_appointment(who, made.pk, starts_at=at(2, 10))
    moved = Reminder.objects.get()
    assert (moved.due_at, moved.told_at) == (at(2, 10) - QUARTER, None)


def test_another_wish_does_not_tell_again_of_what_was_told() -> None:
    who = psychologist()
    made = planned(who, at(1, 10))
    due_now(made)
    sweep_reminders()
    set_reminder_wish(who, 60)
    assert Reminder.objects.get().told_at is not None


def test_it_is_taken_back_when_the_appointment_is_called_off() -> None:
    who = psychologist()
    made = planned(who, at(1, 10))
    call_off(who, made.pk, by=CalledOffBy.PUPIL)
    assert sweep_reminders(at(1, 10) - QUARTER) == 0
    assert not Alert.objects.exists()


def test_nobody_is_reminded_too_late_or_at_a_school_that_was_left() -> None:
    who = psychologist()
    made = planned(who, at(1, 10))
    assert sweep_reminders(at(1, 11)) == 0
    Reminder.objects.update(told_at=None)
    who.membership.ends_on = timezone.localdate() - timedelta(days=1)
    who.membership.save()
    due_now(made)
    assert sweep_reminders() == 0
    assert not Alert.objects.exists()


def test_a_failure_leaves_the_reminder_to_the_next_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    who = psychologist()
    made = planned(who, at(1, 10))
    due_now(made)

    def fail(**_told: Any) -> int:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "alert", fail)
        assert sweep_reminders() == 0
    assert Reminder.objects.get().told_at is None
    assert sweep_reminders() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_once() -> None:
    who = psychologist()
    for hour in (10, 12, 14):
        due_now(planned(who, at(1, hour)))
    results = at_once(sweep_reminders, sweep_reminders, sweep_reminders)
    assert sum(number for number in results if isinstance(number, int)) == 3
    assert Alert.objects.count() == 3
    assert connection.in_atomic_block is False


def test_a_row_that_somebody_else_told_meanwhile_is_passed_over() -> None:
    made = planned(psychologist())
    due_now(made)
    Reminder.objects.update(told_at=timezone.now())
    assert reminding._remind(made.pk, timezone.now()) is False
    assert Appointment.objects.get().is_planned
