"""Seat plans without a pupil's reasons, and lessons confirmed, by the API."""

import pytest

from analytics.enums import Presence
from analytics.models import Seat, SeatConfirmation
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.analytics.factories import Lesson, lesson, withdraw
from tests.analytics.taught import midday, states, teacher, where
from tests.api.asking import get, post, rows
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db
__all__ = ["midday", "teacher", "where"]  # fixtures


def key(where: Lesson) -> str:
    return f"{where.slot.pk}_{where.date}_{where.plan.camera_id}"


class TestSeatPlans:
    def test_a_closed_seat_says_closed_and_never_why(self) -> None:
        made = lesson(pupils=3, consented=2)
        withdraw(made.pupils[1])  # one withdrew, one was never asked
        office = actor(Role.SCHOOL_ADMIN, school=made.school)
        found = get(office, "seat-plan-detail", made.plan.pk).json()
        assert [seat["state"] for seat in found["seats"]] == ["open", "closed", "closed"]
        assert {frozenset(seat) for seat in found["seats"]} == {
            frozenset({"name", "polygon", "face_height_px", "pupil", "pupil_name", "state"})
        }
        assert AuditEntry.objects.filter(actor=office.user, obj__contains=str(made.plan.pk)).count() == 1

    def test_versions_are_listed_with_the_number_of_seats_in_the_own_school_alone(self) -> None:
        made = lesson(pupils=2)
        lesson()
        (row,) = rows(made.psychologist, "seat-plan-list")
        assert (row["id"], row["version"], row["seat_count"]) == (str(made.plan.pk), 1, 2)

    def test_another_schools_plan_is_not_there(self) -> None:
        assert get(lesson().psychologist, "seat-plan-detail", lesson().plan.pk).status_code == 404

    def test_the_own_child_counts_as_closed(self) -> None:
        made = lesson(pupils=1)
        guardian = made.pupils[0].guardianships.get().guardian
        guardian.user = made.psychologist.user
        guardian.save()
        (seat,) = get(made.psychologist, "seat-plan-detail", made.plan.pk).json()["seats"]
        assert seat["state"] == "closed"


@pytest.mark.usefixtures("midday")
class TestConfirmations:
    def test_a_teacher_finds_the_lesson_and_says_who_sat_where(self, where: Lesson, teacher: Actor) -> None:
        (row,) = rows(teacher, "confirmation-list")
        assert (row["id"], row["own"], row["confirmed_at"]) == (key(where), True, None)
        found = get(teacher, "confirmation-detail", row["id"]).json()
        assert [seat["seat"] for seat in found["seats"]] == [seat.pk for seat in where.seats]
        absent = where.seats[1].pk
        said = post(
            teacher,
            "confirmation-confirm",
            row["id"],
            plan=str(where.plan.pk),
            different=[{"seat": absent, "state": "absent"}],
        )
        assert said.status_code == 201
        assert [seat["mark"] for seat in said.json()["seats"]] == ["", "absent", ""]
        assert states(SeatConfirmation.objects.get()) == {
            "1-1": Presence.PRESENT,
            "1-2": Presence.ABSENT,
            "1-3": Presence.PRESENT,
        }

    def test_teachers_learn_nothing_of_consents(self, where: Lesson, teacher: Actor) -> None:
        text = get(teacher, "confirmation-detail", key(where)).content.decode().lower()
        assert where.pupils[2].last_name.lower() in text
        assert not any(word in text for word in ("consent", "closed", "open"))

    def test_seats_that_were_drawn_anew_are_a_conflict(self, where: Lesson, teacher: Actor) -> None:
        other = lesson().plan
        answer = post(teacher, "confirmation-confirm", key(where), plan=str(other.pk))
        assert (answer.status_code, list(answer.json())) == (409, ["detail"])
        assert not SeatConfirmation.objects.filter(slot=where.slot).exists()

    def test_a_substitute_says_that_they_taught(self, where: Lesson) -> None:
        other = actor(Role.TEACHER, school=where.school)
        assert rows(other, "confirmation-list") == []
        (row,) = rows(other, "confirmation-list", others=True)
        silent = post(other, "confirmation-confirm", row["id"], plan=str(where.plan.pk))
        assert (silent.status_code, list(silent.json())) == (400, ["taught"])
        said = post(other, "confirmation-confirm", row["id"], plan=str(where.plan.pk), taught=True)
        assert said.status_code == 201

    def test_a_seat_of_another_map_is_refused_and_nothing_is_written(self, where: Lesson, teacher: Actor) -> None:
        seat = Seat.objects.exclude(plan=where.plan).first() or lesson().seats[0]
        answer = post(
            teacher,
            "confirmation-confirm",
            key(where),
            plan=str(where.plan.pk),
            different=[{"seat": seat.pk, "state": "absent"}],
        )
        assert (answer.status_code, list(answer.json())) == (400, ["different"])
        assert not SeatConfirmation.objects.filter(slot=where.slot).exists()

    @pytest.mark.parametrize("day", ["2026-02-30", "2020-01-06"])
    def test_a_day_that_is_none_or_long_past_is_not_found(self, where: Lesson, teacher: Actor, day: str) -> None:
        answer = get(teacher, "confirmation-detail", f"{where.slot.pk}_{day}_{where.plan.camera_id}")
        assert answer.status_code == 404

    def test_a_class_teacher_has_no_lessons_of_others(self, where: Lesson) -> None:
        elsewhere = actor(Role.CLASS_TEACHER, school_class=lesson().school_class)
        assert key(where) not in {row["id"] for row in rows(elsewhere, "confirmation-list", others=True)}
        assert get(elsewhere, "confirmation-detail", key(where)).status_code == 404
