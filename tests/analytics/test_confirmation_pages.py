"""Pages on which teachers say who sat where: what they show and what they cost."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from analytics.enums import Presence
from analytics.models import Seat
from analytics.services.confirming import confirm_seats
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.analytics.factories import Lesson
from tests.analytics.taught import midday, place, said, teacher, url, where
from tests.directory.factories import (
    LessonSlotFactory,
    PupilFactory,
    SchoolFactory,
    actor,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midday")]
__all__ = ["midday", "teacher", "where"]  # fixtures


class TestPages:
    def test_teachers_learn_nothing_of_consents(self, where: Lesson, teacher: Actor) -> None:
        text = signed_in(teacher).get(url(where)).text.lower()
        text = text[text.index('id="confirm-seats"') : text.index("</main>")]

        assert where.pupils[2].last_name.lower() in text
        assert not any(word in text for word in ("consent", "closed", "open<", "c-consent"))

    def test_what_was_said_last_is_chosen_again(self, where: Lesson, teacher: Actor) -> None:
        confirm_seats(teacher, *place(where), said(where, s2=Presence.ABSENT))
        text = signed_in(teacher).get(url(where)).text

        assert text.count('<option value="absent" selected>') == 1
        assert f"{teacher.user.short_name} confirmed this lesson" in text

    def test_the_list_tells_waiting_from_confirmed(self, where: Lesson, teacher: Actor) -> None:
        client, page = signed_in(teacher), reverse("analytics:confirmations")
        waiting = client.get(page).context
        confirm_seats(teacher, *place(where), said(where))
        afterwards = client.get(page).context

        assert [len(waiting[part]) for part in ("waiting", "confirmed")] == [1, 0]
        assert [len(afterwards[part]) for part in ("waiting", "confirmed")] == [0, 1]

    def test_an_empty_list_says_what_comes_next(self) -> None:
        client = signed_in(actor(Role.TEACHER, school=SchoolFactory.create()))

        assert "A lesson appears here when it has begun" in client.get(reverse("analytics:confirmations")).text
        assert "No lesson of other teachers waits" in client.get("/analysis/lessons/?others=1").text

    def test_a_plan_without_pupils_says_so(self, where: Lesson, teacher: Actor) -> None:
        Seat.objects.update(pupil=None)

        assert "No pupil of this class has a seat on the plan" in signed_in(teacher).get(url(where)).text

    def test_the_list_costs_the_same_for_one_lesson_and_for_thirty(
        self, where: Lesson, teacher: Actor, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, page = signed_in(teacher), reverse("analytics:confirmations")
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        for number in range(30):
            LessonSlotFactory.create(
                school_class=where.school_class,
                room=where.slot.room,
                teacher=teacher.user,
                weekday=1 + number % 5,
                starts_at=time(10 + number // 5, 1),
                ends_at=time(10 + number // 5, 46),
            )
        with django_assert_num_queries(len(few)):
            client.get(page)

    def test_the_map_costs_the_same_for_three_seats_and_for_thirty(
        self, where: Lesson, teacher: Actor, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = signed_in(teacher)
        client.get(url(where))
        with CaptureQueriesContext(connection) as few:
            client.get(url(where))
        add_seats(where, 27)
        with django_assert_num_queries(len(few)):
            assert client.get(url(where)).text.count("data-mark=") == 30


def add_seats(where: Lesson, number: int) -> None:
    for each in range(number):
        pupil = PupilFactory.create(school_class=where.school_class)
        Seat.objects.create(
            plan=where.plan, label=f"9-{each}", pupil=pupil, polygon=where.seats[0].polygon, face_height_px=90
        )
