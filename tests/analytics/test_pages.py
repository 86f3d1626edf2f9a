"""Videos and runs as pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analytics.enums import Mode, RunState
from analytics.models import RunSeat
from caseflow.directory.enums import Role
from tests.analytics.factories import (
    Lesson,
    checked_upload,
    lesson,
    run_of,
    seen,
    withdraw,
)
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2)


@pytest.fixture
def client(where: Lesson) -> Client:
    return signed_in(where.psychologist)


@pytest.fixture
def lead(where: Lesson) -> Client:
    return signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district))


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"analytics:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestRunPages:
    def test_the_result_page_is_honest(self, client: Client, where: Lesson) -> None:
        run = run_of(where, state=RunState.PARTIAL, masked_seats=3, declared_s=2700, decoded_s=2000, frames_used=180)
        seen(run, where.seats[0])

        page = text(client, "run", run.pk)

        assert "Only a part of the video could be read." in page
        assert "11 min are missing at least" in page
        assert where.pupils[0].short_name in page
        assert "80 %" in page
        assert "turned away: 20" in page
        assert "tirek-builtin 1.0" in page

    @pytest.mark.parametrize(
        ("frozen", "says"),
        [(9, ""), (10, "The picture stood still for 10 s."), (130, "The picture stood still for 2 min.")],
    )
    def test_a_picture_that_stood_still_is_told(self, client: Client, where: Lesson, frozen: int, says: str) -> None:
        run = run_of(where, state=RunState.DONE, declared_s=600, decoded_s=600)
        seen(run, where.seats[0])
        RunSeat.objects.filter(run=run).update(frames_rejected={"frozen": frozen, "turned_away": 3})

        page = text(client, "run", run.pk)

        assert f"the picture stood still: {frozen}" in page
        assert says in page
        assert ("It counts as nothing seen" in page) == bool(says)

    def test_a_moved_camera_asks_who_draws_for_a_new_plan(self, client: Client, lead: Client, where: Lesson) -> None:
        run = run_of(where, state=RunState.FAILED, error_code="camera_moved")
        editor = reverse("analytics:seat-plan", args=[where.plan.camera_id, where.plan.school_class_id])

        drawing, leading = text(client, "run", run.pk), text(lead, "run", run.pk)

        assert "The camera seems to have moved" in drawing
        assert f'href="{editor}"' in drawing
        assert "The camera seems to have moved" in leading
        assert editor not in leading

    def test_a_closed_seat_is_a_number_and_never_a_name(self, client: Client, where: Lesson) -> None:
        run = run_of(where, state=RunState.DONE, masked_seats=3, declared_s=60, decoded_s=60)
        seen(run, where.seats[0])
        withdraw(where.pupils[0])

        page = text(client, "run", run.pk)

        assert where.pupils[0].short_name not in page
        assert "<b>4</b>seats masked" in page

    def test_the_own_child_is_not_named_to_the_psychologist(self, client: Client, where: Lesson) -> None:
        run = run_of(where, state=RunState.DONE, declared_s=60, decoded_s=60)
        seen(run, where.seats[0])
        guardian = GuardianFactory.create(user=where.psychologist.user)
        GuardianshipFactory.create(pupil=where.pupils[0], guardian=guardian)

        assert where.pupils[0].short_name not in text(client, "run", run.pk)

    def test_a_running_analysis_is_asked_for_until_it_ends(self, client: Client, where: Lesson) -> None:
        run = run_of(where, state=RunState.RUNNING, progress=0.42, left_s=130)
        url = reverse("analytics:run-progress", args=[run.pk])

        running = client.get(url)
        type(run).objects.update(state=RunState.DONE, declared_s=60, decoded_s=60)
        ended = client.get(url)

        assert (running.status_code, ended.status_code) == (200, 286)
        assert "42 %" in running.content.decode()
        assert "2 min left" in running.content.decode()
        assert "hx-trigger" not in ended.content.decode()

    @pytest.mark.parametrize(
        ("state", "code", "says"),
        [
            (RunState.FAILED, "encrypted", "The video is encrypted"),
            (RunState.QUARANTINED, "lost", "lost three times"),
            (RunState.CANCELLED, "", "stopped by a person"),
            (RunState.CANCELLED, "stopped", "was switched off"),
            (RunState.FAILED, "never heard of", "Something went wrong"),
        ],
    )
    def test_a_run_without_result_says_why(
        self, client: Client, where: Lesson, state: RunState, code: str, says: str
    ) -> None:
        assert says in text(client, "run", run_of(where, state=state, error_code=code).pk)

    def test_cancelling_from_the_page(self, client: Client, where: Lesson) -> None:
        run = run_of(where)

        client.post(reverse("analytics:run-cancel", args=[run.pk]), HTTP_HX_REQUEST="true")

        run.refresh_from_db()
        assert run.state == RunState.CANCELLED

    @pytest.mark.parametrize("name", ["run", "run-progress"])
    def test_another_schools_run_is_not_there(self, client: Client, name: str) -> None:
        run = run_of(lesson(pupils=1))

        assert client.get(reverse(f"analytics:{name}", args=[run.pk])).status_code == 404

    def test_the_list_asks_the_same_for_any_length(self, client: Client, where: Lesson) -> None:
        run_of(where, state=RunState.DONE)
        text(client, "videos")
        one = self._queries(client)
        for number in range(1, 12):
            run_of(where, day=where.date - timedelta(days=7 * number), state=RunState.DONE)

        assert self._queries(client) == one

    def _queries(self, client: Client) -> int:
        with CaptureQueriesContext(connection) as asked:
            text(client, "videos")
        return len(asked)

    def test_the_page_without_a_switch_says_who_switches_it_on(self) -> None:
        where = lesson(pupils=1, mode=Mode.OFF)

        page = text(signed_in(where.psychologist), "videos")

        assert "Mood analysis is switched off." in page
        assert "tus.min.js" not in page

    def test_own_videos_wait_on_the_page(self, client: Client, where: Lesson) -> None:
        upload = checked_upload(where)

        assert "lesson.mp4" in text(client, "videos")
        page = text(client, "upload-lessons", upload.pk)
        assert f'value="{where.slot.pk}:{where.plan.camera_id}" selected' in page
        client.post(reverse("analytics:upload-remove", args=[upload.pk]))
        assert "lesson.mp4" not in text(client, "own-videos")

    def test_a_lesson_whose_seats_nobody_confirmed_says_so(self, client: Client, where: Lesson) -> None:
        upload = checked_upload(where)
        where.confirmation.states.all().delete()
        where.confirmation.delete()

        assert "seats not confirmed" in text(client, "upload-lessons", upload.pk)
