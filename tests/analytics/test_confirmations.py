"""The teacher of a lesson says who sat where; what nobody said stays masked."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.enums import Presence, RunState
from analytics.models import DayValue, RunSeat, Seat, SeatConfirmation, SeatPlan, Window
from analytics.selectors.confirming import lesson_seats, lessons_to_confirm
from analytics.selectors.plans import confirmed_pupils, latest_confirmations
from analytics.services.confirming import NotTaughtError, RedrawnError, SeatsSaid, confirm_seats
from analytics.services.series import rebuild_days
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, SchoolBreak
from tests.analytics.factories import Lesson, plan_for, run_of, seen
from tests.analytics.taught import MIDDAY, WEDNESDAY, midday, place, said, states, teacher, url, where
from tests.directory.factories import (
    LessonSlotFactory,
    SchoolFactory,
    actor,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midday")]
__all__ = ["midday", "teacher", "where"]  # fixtures


class TestConfirming:
    def test_one_button_confirms_everybody_as_drawn(self, where: Lesson, teacher: Actor) -> None:
        answer = signed_in(teacher).post(url(where), {"plan": where.plan.pk})

        confirmation = SeatConfirmation.objects.get()
        assert answer.headers["Location"] == reverse("analytics:confirmations")
        assert (confirmation.slot, confirmation.date, confirmation.plan) == (where.slot, where.date, where.plan)
        assert confirmation.confirmed_by == teacher.user
        assert states(confirmation) == dict.fromkeys(("1-1", "1-2", "1-3"), Presence.PRESENT)

    def test_marked_seats_differ_and_the_others_are_as_drawn(self, where: Lesson, teacher: Actor) -> None:
        absent, other, _ = where.seats
        marks = {f"seat-{absent.pk}": "absent", f"seat-{other.pk}": "other_person"}
        signed_in(teacher).post(url(where), {"plan": where.plan.pk} | marks)

        assert states(SeatConfirmation.objects.get()) == {
            "1-1": Presence.ABSENT,
            "1-2": Presence.OTHER_PERSON,
            "1-3": Presence.PRESENT,
        }

    def test_only_seats_as_drawn_may_be_opened(self, where: Lesson, teacher: Actor) -> None:
        different = said(where, s1=Presence.UNSURE)
        confirmation = confirm_seats(teacher, *place(where), different)
        where.confirmation = confirmation

        assert confirmed_pupils(run_of(where)) == {seat.pk: seat.pupil_id for seat in where.seats[1:]}

    def test_the_latest_word_counts(self, where: Lesson, teacher: Actor) -> None:
        confirm_seats(teacher, *place(where), said(where))
        SeatConfirmation.objects.update(confirmed_at=MIDDAY - timedelta(minutes=1))
        corrected = confirm_seats(teacher, *place(where), said(where, s3=Presence.ABSENT))

        assert latest_confirmations(where.slot.pk, where.date) == {where.plan.camera_id: corrected}

    def test_nothing_is_confirmed_before_somebody_says_so(self, where: Lesson, teacher: Actor) -> None:
        signed_in(teacher).get(url(where))

        assert latest_confirmations(where.slot.pk, where.date) == {}

    def test_who_left_the_class_is_not_confirmed(self, where: Lesson, teacher: Actor) -> None:
        type(where.pupils[0]).objects.filter(pk=where.pupils[0].pk).update(left_on=WEDNESDAY)
        confirmation = confirm_seats(teacher, *place(where), said(where))

        assert set(states(confirmation)) == {"1-2", "1-3"}

    def test_a_seat_without_a_pupil_is_not_confirmed(self, where: Lesson, teacher: Actor) -> None:
        Seat.objects.filter(pk=where.seats[0].pk).update(pupil=None)

        assert set(states(confirm_seats(teacher, *place(where), said(where)))) == {"1-2", "1-3"}

    def test_it_is_written_to_the_log(self, where: Lesson, teacher: Actor) -> None:
        confirm_seats(teacher, *place(where), said(where, s1=Presence.ABSENT))

        detail = AuditEntry.objects.get(action="seats.confirmed").detail
        assert detail == {
            "slot": where.slot.pk,
            "date": "2026-10-13",
            "version": 1,
            "present": 2,
            "substitute": False,
            "taken_out": 0,
        }

    def test_a_correction_after_the_analysis_takes_the_seat_out_of_its_results(
        self, where: Lesson, teacher: Actor
    ) -> None:
        where.confirmation = confirm_seats(teacher, *place(where), said(where))
        run = run_of(where, state=RunState.DONE)
        for seat in where.seats[:2]:
            seen(run, seat)
        rebuild_days([seat.pupil_id for seat in where.seats[:2] if seat.pupil_id], where.date)

        confirm_seats(teacher, *place(where), said(where, s1=Presence.OTHER_PERSON))

        kept = where.seats[1].pupil_id
        for model in (Window, RunSeat, DayValue):
            assert set(model.objects.values_list("pupil", flat=True)) == {kept}, model
        run.refresh_from_db()
        assert run.masked_seats == 1


class TestRefusals:
    def test_a_map_that_was_redrawn_meanwhile_is_shown_anew(self, where: Lesson, teacher: Actor) -> None:
        answer = signed_in(teacher).post(url(where), {"plan": uuid4()})

        assert (answer.status_code, SeatConfirmation.objects.count()) == (409, 0)
        assert "The seats were drawn anew" in answer.text
        assert str(where.plan.pk) in answer.text
        with pytest.raises(RedrawnError):
            confirm_seats(teacher, *place(where), SeatsSaid(uuid4(), {}))

    @pytest.mark.parametrize("broken", [{"plan": "x"}, {}, {"seat": "dancing"}])
    def test_nonsense_changes_nothing(self, where: Lesson, teacher: Actor, broken: dict[str, str]) -> None:
        body: dict[str, Any] = dict(broken)
        if "seat" in body:
            body = {"plan": where.plan.pk, f"seat-{where.seats[0].pk}": body["seat"]}
        answer = signed_in(teacher).post(url(where), body)

        assert (answer.status_code, SeatConfirmation.objects.count()) == (422, 0)

    def test_a_mark_stays_chosen_when_something_was_left_out(self, where: Lesson) -> None:
        substitute = signed_in(actor(Role.TEACHER, school=where.school))
        answer = substitute.post(url(where), {"plan": where.plan.pk, f"seat-{where.seats[0].pk}": "absent"})

        assert answer.status_code == 422
        assert '<option value="absent" selected>' in answer.text


class TestWhoseLessons:
    def test_a_substitute_says_that_they_taught_it(self, where: Lesson) -> None:
        substitute = actor(Role.TEACHER, school=where.school)
        with pytest.raises(NotTaughtError):
            confirm_seats(substitute, *place(where), said(where))

        confirmation = confirm_seats(substitute, *place(where), said(where, taught=True))
        assert confirmation.confirmed_by == substitute.user
        assert AuditEntry.objects.get(action="seats.confirmed").detail["substitute"] is True

    def test_the_class_teacher_need_not(self, where: Lesson) -> None:
        class_teacher = actor(Role.CLASS_TEACHER, school_class=where.school_class)

        assert confirm_seats(class_teacher, *place(where), said(where)).confirmed_by == class_teacher.user

    def test_a_teacher_of_another_school_finds_nothing(self, where: Lesson) -> None:
        stranger = signed_in(actor(Role.TEACHER, school=SchoolFactory.create()))

        assert stranger.get(url(where)).status_code == 404
        assert stranger.post(url(where), {"plan": where.plan.pk, "taught": "on"}).status_code == 404
        assert not SeatConfirmation.objects.exists()

    def test_the_teacher_of_another_class_finds_nothing(self, where: Lesson) -> None:
        other = LessonSlotFactory.create(school_class__school=where.school, school_class__year=where.school_class.year)
        class_teacher = signed_in(actor(Role.CLASS_TEACHER, school_class=other.school_class))

        assert class_teacher.get(url(where)).status_code == 404

    @pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN, Role.PRINCIPAL])
    def test_nobody_else_confirms(self, where: Lesson, role: Role) -> None:
        client = signed_in(actor(role, school=where.school))

        assert client.get(url(where)).status_code == 403
        assert client.get(reverse("analytics:confirmations")).status_code == 403

    def test_own_lessons_and_those_of_others_are_listed_apart(self, where: Lesson, teacher: Actor) -> None:
        substitute = actor(Role.TEACHER, school=where.school)

        assert [each.slot for each in lessons_to_confirm(teacher)] == [where.slot]
        assert lessons_to_confirm(teacher, substitutes=True) == []
        assert lessons_to_confirm(substitute) == []
        assert [each.slot for each in lessons_to_confirm(substitute, substitutes=True)] == [where.slot]


class TestWhichLessons:
    @pytest.mark.parametrize(
        ("now", "shown"),
        [
            (datetime.combine(date(2026, 10, 13), time(8, 59)), [date(2026, 10, 6)]),
            (datetime.combine(date(2026, 10, 13), time(9)), [date(2026, 10, 13), date(2026, 10, 6)]),
            (datetime.combine(date(2026, 10, 20), time(8)), [date(2026, 10, 13)]),
            (datetime.combine(date(2026, 10, 21), time(8)), [date(2026, 10, 20)]),
        ],
    )
    def test_those_that_have_begun_within_seven_days(
        self, where: Lesson, teacher: Actor, now: datetime, shown: list[date]
    ) -> None:
        type(where.school_class.year).objects.update(ends_on=date(2026, 12, 31))
        found = lessons_to_confirm(teacher, now=now.replace(tzinfo=timezone.get_default_timezone()))

        assert [each.day for each in found] == shown

    def test_none_in_the_holidays(self, where: Lesson, teacher: Actor) -> None:
        SchoolBreak.objects.create(year=where.school_class.year, starts_on=where.date, ends_on=where.date)

        assert lessons_to_confirm(teacher) == []
        with pytest.raises(LessonSlot.DoesNotExist):
            lesson_seats(teacher, *place(where))

    def test_none_without_a_plan_in_force_on_that_day(self, where: Lesson, teacher: Actor) -> None:
        SeatPlan.objects.update(valid_from=WEDNESDAY)

        assert lessons_to_confirm(teacher) == []
        assert signed_in(teacher).get(url(where)).status_code == 404

    def test_before_each_of_several_cameras_the_seats_that_it_sees(self, where: Lesson, teacher: Actor) -> None:
        beside = plan_for(where.slot, where.pupils[:1])

        shown = {plan: lesson_seats(teacher, *place(where)[:2], plan.camera_id) for plan in (where.plan, beside)}

        assert {plan: seats.lesson.plan for plan, seats in shown.items()} == {plan: plan for plan in shown}
        assert [len(seats.pupils) for seats in shown.values()] == [3, 1]

    def test_a_plan_replaced_on_its_first_day_is_never_shown(self, where: Lesson, teacher: Actor) -> None:
        SeatPlan.objects.update(valid_from=where.date, valid_to=where.date - timedelta(days=1))

        assert lessons_to_confirm(teacher) == []

    @pytest.mark.parametrize("day", ["2026-10-12", "2026-02-30", "yesterday"])
    def test_a_day_without_the_lesson_is_not_there(self, where: Lesson, teacher: Actor, day: str) -> None:
        address = f"/analysis/lessons/{where.slot.pk}/{day}/{where.plan.camera_id}/"

        assert signed_in(teacher).get(address).status_code == 404
