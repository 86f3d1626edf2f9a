"""Seat plans: versions, and what is refused."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import cv2
import numpy as np
import pytest
from django.utils import timezone, translation

from analytics.models import Seat, SeatPlan, WaitingStill
from analytics.rules.plan_refusals import SEAT_TEXTS, PlanRefusedError
from analytics.rules.seat_plans import Drawing, DrawnSeat
from analytics.services.seat_plans import NewerPlanError, save_plan
from caseflow.audit.models import AuditEntry
from caseflow.records.files import read_file
from tests.analytics.plan_factories import (
    CORNERS,
    HEIGHT,
    WIDTH,
    Room,
    drawn,
    polygon_at,
    posted,
    room,
)
from tests.directory.factories import (
    PupilFactory,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Room:
    return room()


def post(where: Room, page: str, body: dict[str, Any] | str) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return signed_in(where.admin).post(where.url(page), text, content_type="application/json")


class TestVersions:
    def test_the_first_drawing_is_version_one(self, where: Room) -> None:
        plan = drawn(where)

        assert (plan.version, plan.valid_from, plan.valid_to) == (1, timezone.localdate() - timedelta(days=7), None)
        assert [(seat.label, seat.pupil_id) for seat in plan.seats.all()] == [
            (f"1-{number}", where.pupils[number - 1].pk) for number in (1, 2, 3)
        ]

    def test_the_first_one_holds_for_the_lessons_that_can_still_be_confirmed(self, where: Room) -> None:
        first = drawn(where)
        second = drawn(where, base=first)

        assert first.valid_from == timezone.localdate() - timedelta(days=7)
        assert second.valid_from == timezone.localdate()

    def test_the_next_one_ends_the_one_before_yesterday(self, where: Room) -> None:
        first = drawn(where)
        SeatPlan.objects.filter(pk=first.pk).update(valid_from=timezone.localdate() - timedelta(days=30))
        second = drawn(where, base=first)
        first.refresh_from_db()

        assert (second.version, second.valid_to) == (2, None)
        assert first.valid_to == timezone.localdate() - timedelta(days=1)
        assert first.seats.count() == 3

    def test_the_next_one_keeps_the_still_of_the_one_it_was_drawn_over(self, where: Room) -> None:
        first = drawn(where)
        second = drawn(where, base=first)

        assert (second.still, second.still_key_id) == (first.still, first.still_key_id)

    def test_a_saved_plan_takes_the_waiting_still_over(self, where: Room) -> None:
        plan = drawn(where)

        assert WaitingStill.objects.count() == 0
        assert read_file(plan.still_key, plan.still).startswith(b"\xff\xd8")

    def test_a_drawing_over_an_older_version_is_refused_and_changes_nothing(self, where: Room) -> None:
        first = drawn(where)
        second = drawn(where, base=first)
        with pytest.raises(NewerPlanError) as refused:
            drawn(where, base=first)

        assert refused.value.newest == second
        assert list(SeatPlan.objects.filter(valid_to=None)) == [second]
        assert SeatPlan.objects.count() == 2

    def test_who_drew_without_knowing_of_a_plan_is_told_of_it(self, where: Room) -> None:
        theirs = drawn(where)
        answer = post(where, "seat-plan-save", posted(where, base=theirs))
        assert answer.status_code == 201

        late = post(where, "seat-plan-save", posted(where, base=theirs))

        assert late.status_code == 409
        newest = SeatPlan.objects.get(valid_to=None)
        assert late.json()["newest"]["id"] == str(newest.pk)
        assert late.json()["newest"]["text"] == f"Version 2, saved by {where.admin.user.short_name}"

    def test_who_drew_the_first_version_second_is_told_of_it_too(self, where: Room) -> None:
        body = posted(where, still=uuid4())
        drawn(where)

        assert post(where, "seat-plan-save", body).status_code == 409

    def test_saving_leaves_an_entry_in_the_log(self, where: Room) -> None:
        plan = drawn(where)

        entry = AuditEntry.objects.get(action="seat_plan.saved")
        assert (entry.obj, entry.detail) == (f"seat-plan:{plan.pk}", {"version": 1, "seats": 3})

    def test_a_height_that_was_typed_in_is_kept_and_another_is_estimated(self, where: Room) -> None:
        plan = drawn(where)
        body = posted(where, base=plan, face_height_px=88)
        body["seats"].append({"name": "1-2", "polygon": polygon_at(1), "pupil": None, "face_height_px": None})
        assert post(where, "seat-plan-save", body).status_code == 201

        typed, estimated = Seat.objects.filter(plan__version=2).order_by("label")
        outline = np.array(polygon_at(1))
        assert typed.face_height_px == 88
        assert estimated.face_height_px == pytest.approx(np.ptp(outline[:, 1]) * 0.45, abs=0.1)


class TestRefusals:
    @pytest.mark.parametrize(
        ("seat", "code"),
        [
            ({"polygon": [[10, 10], [90, 10]]}, "too_few_points"),
            ({"polygon": [[10, 10], [90, 10], [10, 10]]}, "too_few_points"),
            ({"polygon": [[-5, 10], [90, 10], [50, 90]]}, "outside_frame"),
            ({"polygon": [[10, 10], [WIDTH + 1, 10], [50, 90]]}, "outside_frame"),
            ({"polygon": [[10, 10], [14, 10], [14, 14]]}, "no_area"),
            ({"polygon": [[10, 10], [90, 100], [90, 10], [10, 120]]}, "crosses_itself"),
            ({"polygon": [[10 + at * 10, 10 + at % 2] for at in range(41)]}, "too_many_points"),
            ({"name": ""}, "no_label"),
            ({"name": "1" * 21}, "no_label"),
            ({"face_height_px": 0.5}, "face_height"),
            ({"face_height_px": HEIGHT + 1}, "face_height"),
        ],
    )
    def test_a_seat_that_makes_no_sense_is_named(self, where: Room, seat: dict[str, Any], code: str) -> None:
        plan = drawn(where)
        answer = post(where, "seat-plan-save", posted(where, base=plan, **seat))

        assert answer.status_code == 422
        assert [problem["index"] for problem in answer.json()["problems"]] == [0]
        with translation.override("en"):
            assert answer.json()["problems"][0]["text"].endswith(str(SEAT_TEXTS[code]))
        assert SeatPlan.objects.get() == plan

    def test_no_two_seats_share_a_name_or_a_pupil(self, where: Room) -> None:
        plan = drawn(where)
        body = posted(where, base=plan)
        body["seats"] += [body["seats"][0] | {"pupil": None}, body["seats"][0] | {"name": "1-3"}]
        texts = [problem["text"] for problem in post(where, "seat-plan-save", body).json()["problems"]]

        assert texts == [
            "Seat 1-1: Two seats have this name. Change one.",
            "Seat 1-1: Two seats have this name. Change one.",
            "Seat 1-3: This pupil has two seats. Delete one or give it to somebody else.",
        ]

    def test_nobody_from_another_class_and_no_leaver_gets_a_seat(self, where: Room) -> None:
        plan = drawn(where)
        left = PupilFactory.create(school_class=where.school_class, left_on=timezone.localdate())
        for pupil in (PupilFactory.create(), left):
            answer = post(where, "seat-plan-save", posted(where, base=plan, pupil=str(pupil.pk)))
            assert (answer.status_code, answer.json()["problems"][0]["text"]) == (
                422,
                "Seat 1-1: This pupil is not in the class. Choose another one.",
            )

    @pytest.mark.parametrize("body", ["", "[]", "{", '{"seats": 3}', '{"base": "x", "still": null, "seats": []}'])
    def test_what_is_no_drawing_is_refused(self, where: Room, body: str) -> None:
        answer = post(where, "seat-plan-save", body)

        assert answer.status_code == 422
        assert "could not be read" in answer.json()["problems"][0]["text"]

    def test_numbers_that_are_none_are_refused(self, where: Room) -> None:
        plan = drawn(where)
        body = json.dumps(posted(where, base=plan)).replace("[10.0, 10.0]", "[NaN, 1e999]")

        assert post(where, "seat-plan-save", body).status_code == 422

    def test_a_plan_needs_a_still_and_a_seat(self, where: Room) -> None:
        without_still = post(where, "seat-plan-save", posted(where))
        plan = drawn(where)
        without_seat = post(where, "seat-plan-save", posted(where, base=plan) | {"seats": []})
        gone = post(where, "seat-plan-save", posted(where, base=plan, still=uuid4()))

        assert [answer.json()["problems"][0]["text"][:29] for answer in (without_still, without_seat, gone)] == [
            "Upload a still of the room fi",
            "Draw at least one seat.",
            "The still was replaced while ",
        ]


def test_drawing_on_another_still_takes_its_size(where: Room) -> None:
    plan = drawn(where)
    larger = np.full((720, 1280, 3), 120, np.uint8)
    client = signed_in(where.admin)
    client.post(where.url("seat-still-upload"), {"kind": "empty_room", "picture": png_file(larger)})
    still = WaitingStill.objects.get()
    at_the_edge = [[1200, 10], [1270, 10], [1240, 90]]
    answer = post(where, "seat-plan-save", posted(where, base=plan, still=still.pk, polygon=at_the_edge))

    assert answer.status_code == 201
    newest = SeatPlan.objects.get(valid_to=None)
    assert (newest.frame_width, newest.frame_height, newest.still) == (1280, 720, still.file)


def png_file(picture: Any) -> BytesIO:
    file = BytesIO(cv2.imencode(".png", picture)[1].tobytes())
    file.name = "still.png"
    return file


def test_a_drawing_of_more_seats_than_a_room_has_is_refused(where: Room) -> None:
    plan = drawn(where)
    many = tuple(DrawnSeat(str(number), CORNERS) for number in range(81))

    with pytest.raises(PlanRefusedError, match="too_many_seats"):
        save_plan(where.admin, *where.where, Drawing(plan.pk, None, many))
