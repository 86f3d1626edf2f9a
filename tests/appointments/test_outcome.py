"""What became of an appointment: said once, and it stands in the case."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.appointments.enums import AppointmentState, CalledOffBy, Reach
from caseflow.appointments.models import Appointment, Participant, Reminder
from caseflow.appointments.rules import AppointmentRefused
from caseflow.appointments.selectors.words import words_of
from caseflow.appointments.services import (
    call_off,
    move_appointment,
    plan_appointment,
    record_held,
    record_not_come,
)
from caseflow.audit.models import AuditEntry
from caseflow.cases.wordings import page_of, sentence
from caseflow.directory.enums import Role
from tests.appointments.factories import at, begun, in_case, monday, plan, planned, this_year
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianshipFactory, actor

pytestmark = pytest.mark.django_db


def test_what_was_held_stands_in_the_case_at_its_time() -> None:
    who = psychologist()
    case = case_of(who)
    made = in_case(who, case, at(-1, 10))
    record_held(who, made.pk)
    entry = case.entries.get(kind="appointment")
    assert (entry.code, entry.event_at, entry.author) == ("appointment_held", at(-1, 10), who.user)
    assert sentence(entry.kind, entry.code, entry.params) == "Appointment held: Consultation of a pupil"
    assert page_of(entry.ref) == f"/calendar/{made.pk}/"
    assert made.participants.get().came is True
    found = Appointment.objects.get(pk=made.pk)
    assert (found.state, found.answered_by) == (AppointmentState.HELD, who.user)


def test_who_did_not_come_is_named_and_the_reason_sealed() -> None:
    who = psychologist()
    case = case_of(who)
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    made = in_case(who, case, at(-1, 10), guardians=(mother.pk,))
    absent = made.participants.get(guardian=mother)
    answered = record_not_come(who, made.pk, absent=[absent.pk], reason="Болела")
    assert answered.state == AppointmentState.NOT_COME
    assert words_of(answered, "reason") == "Болела"
    assert dict(made.participants.values_list("pupil", "came")) == {case.pupil_id: True, None: False}
    entry = case.entries.get(kind="appointment")
    assert sentence(entry.kind, entry.code, entry.params) == "Did not come to an appointment: Consultation of a pupil"


def test_nobody_named_means_that_nobody_came() -> None:
    who = psychologist()
    made = begun(who, pupil_of(who), pupil_of(who))
    record_not_come(who, made.pk)
    assert list(made.participants.values_list("came", flat=True)) == [False, False]


def test_a_pupil_who_missed_what_others_held_has_not_come_in_the_own_case() -> None:
    who = psychologist()
    case, other = case_of(who), pupil_of(who)
    made = planned(who, at(-1, 10), case.pupil, other, case=case.pk)
    record_held(who, made.pk, absent=[made.participants.get(pupil=case.pupil).pk])
    assert case.entries.get(kind="appointment").code == "appointment_not_come"
    assert made.participants.get(pupil=other).came is True


def test_somebody_of_another_appointment_cannot_be_absent_here() -> None:
    who = psychologist()
    made = begun(who, pupil_of(who))
    with pytest.raises(Participant.DoesNotExist):
        record_held(who, made.pk, absent=[uuid4()])
    assert Appointment.objects.get(pk=made.pk).is_planned


def test_nothing_is_said_before_it_has_begun() -> None:
    who = psychologist()
    made = planned(who)
    for say in (record_held, record_not_come):
        with pytest.raises(AppointmentRefused, match="has not begun yet"):
            say(who, made.pk)


def test_an_answer_is_final() -> None:
    who = psychologist()
    made = begun(who)
    record_held(who, made.pk)
    with pytest.raises(AppointmentRefused, match="has been said already: Held"):
        call_off(who, made.pk, by=CalledOffBy.PUPIL)
    with pytest.raises(AppointmentRefused, match="has been said already: Held"):
        move_appointment(who, made.pk, starts_at=at(3, 10))


def test_what_is_called_off_frees_its_time_and_is_not_reminded_of() -> None:
    who = psychologist()
    made = planned(who)
    off = call_off(who, made.pk, by=CalledOffBy.PARENT, reason="Позвонила мама")
    assert (off.state, off.called_off_by, off.sequence) == ("called_off", "parent", 1)
    assert (off.takes_time, words_of(off, "reason")) == (False, "Позвонила мама")
    assert not Reminder.objects.exists()
    assert planned(who).pk != made.pk
    assert AuditEntry.objects.get(action="appointment_called_off").detail == {"by": "parent"}


def test_of_a_series_one_is_called_off_or_all_that_follow() -> None:
    who, first = psychologist(), monday(1)
    this_year(who, first + timedelta(weeks=2, days=6))
    when = at((first - timezone.localdate()).days, 10)
    made = plan_appointment(who, plan(when), every_week=True)
    assert made.series is not None
    every = list(made.series.appointments.order_by("starts_at"))
    call_off(who, every[0].pk, by=CalledOffBy.SCHOOL)
    states = list(made.series.appointments.order_by("starts_at").values_list("state", flat=True))
    assert states == ["called_off"] + ["planned"] * (len(every) - 1)
    call_off(who, every[1].pk, by=CalledOffBy.SCHOOL, reach=Reach.FOLLOWING)
    assert set(made.series.appointments.values_list("state", flat=True)) == {"called_off"}


def test_one_without_a_series_is_called_off_alone_whatever_is_asked() -> None:
    who = psychologist()
    one, other = planned(who, at(1, 10)), planned(who, at(1, 12))
    call_off(who, one.pk, by=CalledOffBy.SCHOOL, reach=Reach.FOLLOWING)
    other.refresh_from_db()
    assert other.is_planned


def test_a_colleague_answers_for_somebody_who_is_away_and_a_lead_only_reads() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    made = begun(who)
    with pytest.raises(Appointment.DoesNotExist):
        record_held(lead_over(school), made.pk)
    assert record_held(actor(Role.PSYCHOLOGIST, school=school), made.pk).state == "held"


class AppointmentMachine(RuleBasedStateMachine):
    """A model of one appointment in plain values, driven beside the real one."""

    @initialize(past=st.booleans())
    def begin(self, past: bool) -> None:
        self.who = psychologist()
        self.case = case_of(self.who)
        self.made = in_case(self.who, self.case, at(-2, 10) if past else at(2, 10))
        self.begun, self.state, self.moves, self.lines = past, "planned", 0, 0

    @rule(held=st.booleans())
    def answer(self, held: bool) -> None:
        say = record_held if held else record_not_come
        if self._happens(self.begun, lambda: say(self.who, self.made.pk)):
            self.state = "held" if held else "not_come"
            self.lines += 1

    @rule(by=st.sampled_from(CalledOffBy))
    def off(self, by: CalledOffBy) -> None:
        if self._happens(True, lambda: call_off(self.who, self.made.pk, by=by)):
            self.state = "called_off"

    @rule(hour=st.integers(8, 17), past=st.booleans())
    def move(self, hour: int, past: bool) -> None:
        when = at(-3 if past else 3, hour)
        before = Appointment.objects.get(pk=self.made.pk).starts_at
        if self._happens(True, lambda: move_appointment(self.who, self.made.pk, starts_at=when)):
            self.moves += before != when
            self.begun = past

    def _happens(self, allowed: bool, act: object) -> bool:
        allowed = allowed and self.state == "planned"
        try:
            act()  # type: ignore[operator]
        except AppointmentRefused:
            assert not allowed
            return False
        assert allowed
        return True

    @invariant()
    def is_as_modelled(self) -> None:
        if not hasattr(self, "made"):
            return
        found = Appointment.objects.get(pk=self.made.pk)
        assert (found.state, found.moves.count()) == (self.state, self.moves)
        assert self.case.entries.filter(kind="appointment").count() == self.lines
        assert Reminder.objects.filter(pk=found.pk).exists() == (self.state == "planned" and not self.begun)


def test_only_legal_moves_are_made_in_whatever_order(db: None) -> None:
    few = settings(
        max_examples=15, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(AppointmentMachine, settings=few)
