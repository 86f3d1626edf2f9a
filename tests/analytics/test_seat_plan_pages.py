"""Seat plans: what the analysis would see, who may look, and what the pages cost."""

import json
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image as Picture
from pytest_django import DjangoAssertNumQueries

from analytics.models import Seat, SeatPlan
from analytics.pipeline.masks import render_preview
from analytics.rules.geometry import pipeline_plan
from analytics.selectors.confirming import confirmable_seats
from analytics.selectors.seat_plans import Place, place_of, roll_of
from analytics.services.seat_plans import preview_version
from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import CameraPurpose, Role
from caseflow.directory.models import Camera
from caseflow.records.files import read_file
from tests.analytics.factories import consent, withdraw
from tests.analytics.plan_factories import (
    HEIGHT,
    WIDTH,
    Room,
    drawn,
    pixels,
    polygon_at,
    posted,
    room,
)
from tests.directory.factories import (
    CameraFactory,
    GuardianFactory,
    GuardianshipFactory,
    LessonSlotFactory,
    PupilFactory,
    RoomFactory,
    SchoolClassFactory,
    actor,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Room:
    return room()


def post(where: Room, page: str, body: dict[str, Any] | str) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return signed_in(where.admin).post(where.url(page), text, content_type="application/json")


class TestWhatTheAnalysisSees:
    def test_the_preview_is_the_pipelines_own_mask(self, where: Room) -> None:
        consent(where.pupils[0])
        plan = drawn(where)
        rows = [(seat.pk, seat.polygon, seat.face_height_px) for seat in plan.seats.order_by("pk")]
        still = pixels(read_file(plan.still_key, plan.still))
        expected = render_preview(still, pipeline_plan(rows, WIDTH, HEIGHT), {str(rows[0][0])})

        seen = pixels(preview_version(where.admin, plan.pk))

        assert np.array_equal(seen[:, :, :3], expected)
        assert np.array_equal(seen[:, :, 3] > 0, expected.any(axis=2))
        assert 0 < np.count_nonzero(seen[:, :, 3]) < WIDTH * HEIGHT / 3

    def test_the_posted_drawing_is_shown_as_the_saved_one_will_be(self, where: Room) -> None:
        consent(where.pupils[0])
        plan = drawn(where)
        body = {
            "base": str(plan.pk),
            "still": None,
            "seats": [
                {"name": seat.label, "polygon": seat.polygon, "pupil": str(seat.pupil_id), "face_height_px": None}
                for seat in seats_as_saved(plan)
            ],
        }
        answer = post(where, "seat-plan-preview", body)

        assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/png", "no-store")
        assert answer.content == preview_version(where.admin, plan.pk)

    def test_without_consent_nothing_is_seen(self, where: Room) -> None:
        plan = drawn(where)
        seen = pixels(preview_version(where.admin, plan.pk))

        assert not seen.any()

    def test_who_went_to_another_class_of_the_school_is_not_seen_where_they_sat(self, where: Room) -> None:
        """Nobody can confirm the seat any more, so the analysis masks it."""
        consent(where.pupils[0])
        plan = drawn(where)
        before = preview_version(where.admin, plan.pk)
        pupil = where.pupils[0]
        pupil.school_class = SchoolClassFactory.create(school=where.school)
        pupil.save()

        assert pixels(before).any()
        assert not confirmable_seats(plan).filter(pupil=pupil).exists()
        assert not pixels(preview_version(where.admin, plan.pk)).any()
        body = posted(where, base=plan, polygon=polygon_at(0))
        assert not pixels(post(where, "seat-plan-preview", body).content).any()

    def test_a_withdrawal_closes_the_seat(self, where: Room) -> None:
        consent(where.pupils[0])
        withdraw(where.pupils[0])

        assert not any(row.open for row in roll_of(where.admin, page_place(where)))

    def test_an_outline_that_crosses_itself_is_explained(self, where: Room) -> None:
        plan = drawn(where)
        crossing = [[10, 10], [90, 100], [90, 10], [10, 120]]
        answer = post(where, "seat-plan-preview", posted(where, base=plan, polygon=crossing))

        assert answer.status_code == 422
        assert "crosses itself" in answer.json()["problems"][0]["text"]


class TestWhoMayLook:
    def test_another_schools_place_is_not_there(self, where: Room) -> None:
        assert signed_in(room().admin).get(where.url("seat-plan")).status_code == 404

    @pytest.mark.parametrize("page", ["seat-plan-save", "seat-plan-preview", "seat-still-upload"])
    def test_nothing_can_be_sent_to_another_schools_place(self, where: Room, page: str) -> None:
        stranger, plan = signed_in(room().admin), drawn(where)
        body = (
            {"kind": "empty_room", "picture": BytesIO(b"x")}
            if page == "seat-still-upload"
            else json.dumps(posted(where, base=plan))
        )
        kind = {} if isinstance(body, dict) else {"content_type": "application/json"}

        assert stranger.post(where.url(page), body, **kind).status_code == 404  # type: ignore[arg-type]
        assert SeatPlan.objects.get() == plan

    @pytest.mark.parametrize("page", ["seat-plan-version", "seat-plan-still", "seat-plan-seen"])
    def test_another_schools_version_is_not_there(self, where: Room, page: str) -> None:
        url = reverse(f"analytics:{page}", args=[drawn(where).pk])

        assert signed_in(room().admin).get(url).status_code == 404
        assert signed_in(where.admin).get(url).status_code == 200

    def test_a_class_of_the_same_school_is_not_drawn_before_another_schools_camera(self, where: Room) -> None:
        theirs = room()
        url = reverse("analytics:seat-plan", args=[theirs.camera.pk, where.school_class.pk])

        assert signed_in(where.admin).get(url).status_code == 404

    def test_a_camera_of_a_corridor_has_no_seats(self, where: Room) -> None:
        Camera.objects.filter(pk=where.camera.pk).update(purpose=CameraPurpose.CORRIDOR)

        assert signed_in(where.admin).get(where.url("seat-plan")).status_code == 404

    def test_a_psychologist_of_the_school_draws_as_the_administrator_does(self, where: Room) -> None:
        plan = drawn(where)
        psychologist = signed_in(actor(Role.PSYCHOLOGIST, school=where.school))
        body = json.dumps(posted(where, base=plan))
        saved = psychologist.post(where.url("seat-plan-save"), body, content_type="application/json")

        assert (psychologist.get(where.url("seat-plan")).status_code, saved.status_code) == (200, 201)

    def test_an_old_version_is_there_to_read(self, where: Room) -> None:
        second = drawn(where, base=drawn(where))
        drawn(where, base=second)
        page = signed_in(where.admin).get(reverse("analytics:seat-plan-version", args=[second.pk]))

        assert "Version 2, to read" in page.text
        assert where.pupils[2].short_name in page.text
        assert "replaced on the same day" in page.text

    @pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.LEAD_PSYCHOLOGIST])
    def test_others_have_no_business_here(self, where: Room, role: Role) -> None:
        unit = {"district": where.school.district} if role == Role.LEAD_PSYCHOLOGIST else {"school": where.school}

        assert signed_in(actor(role, **unit)).get(where.url("seat-plan")).status_code == 403

    def test_opening_a_plan_is_logged(self, where: Room) -> None:
        plan = drawn(where)
        signed_in(where.admin).get(where.url("seat-plan"))

        assert AuditEntry.objects.get(action="read").obj == f"seat-plan:{plan.pk}"

    def test_the_page_says_closed_and_never_why(self, where: Room) -> None:
        consent(where.pupils[0])
        withdraw(where.pupils[0])
        drawn(where)
        text = signed_in(where.admin).get(where.url("seat-plan")).text
        text = text[text.index('id="roll"') : text.index("</main>")]

        assert "closed" in text
        assert not any(word in text.lower() for word in ("withdrawn", "refus", "dissent", "no answer"))

    def test_staff_see_the_seat_of_their_own_child_closed(self, where: Room) -> None:
        consent(where.pupils[0])
        consent(where.pupils[1])
        parent = GuardianFactory.create(user=where.admin.user)
        GuardianshipFactory.create(pupil=where.pupils[0], guardian=parent)

        shown = {row.pupil.pk: row.open for row in roll_of(where.admin, page_place(where))}
        assert (shown[where.pupils[0].pk], shown[where.pupils[1].pk]) == (False, True)


class TestStillsAreServed:
    def test_only_through_this_page_and_kept_by_no_browser(self, where: Room) -> None:
        answer = signed_in(where.admin).get(reverse("analytics:seat-plan-still", args=[drawn(where).pk]))

        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        with Picture.open(BytesIO(answer.content)) as picture:
            assert picture.size == (WIDTH, HEIGHT)


class TestOverview:
    def test_a_class_with_lessons_in_the_room_is_shown_before_anything_is_drawn(self, where: Room) -> None:
        LessonSlotFactory.create(school_class=where.school_class, room=where.camera.room)
        page = signed_in(where.admin).get(reverse("analytics:seat-plans"))

        assert str(where.school_class) in page.text
        assert "not drawn: every seat stays masked" in page.text

    def test_a_chosen_pair_opens_its_editor(self, where: Room) -> None:
        camera, school_class = where.where
        answer = signed_in(where.admin).get(
            reverse("analytics:seat-plans"), {"camera": camera, "school_class": school_class}
        )

        assert answer.headers["Location"] == where.url("seat-plan")

    def test_costs_the_same_for_one_camera_and_for_thirty(
        self, where: Room, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, url = signed_in(where.admin), reverse("analytics:seat-plans")
        drawn(where)
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        for _ in range(30):
            other = RoomFactory.create(school=where.school)
            CameraFactory.create(room=other)
            LessonSlotFactory.create(school_class=SchoolClassFactory.create(school=where.school), room=other)
        with django_assert_num_queries(len(few)):
            client.get(url)

    def test_the_editor_costs_the_same_for_four_pupils_and_for_thirty(
        self, where: Room, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = signed_in(where.admin)
        drawn(where)
        consent(where.pupils[0])
        client.get(where.url("seat-plan"))
        with CaptureQueriesContext(connection) as few:
            client.get(where.url("seat-plan"))
        for _ in range(26):
            consent(PupilFactory.create(school_class=where.school_class))
        with django_assert_num_queries(len(few)):
            client.get(where.url("seat-plan"))


def seats_as_saved(plan: SeatPlan) -> list[Seat]:
    return list(plan.seats.order_by("pk"))


def page_place(where: Room) -> Place:
    return place_of(where.admin, *where.where)
