"""A run is held against the still of its plan, and ends where the camera shows another view."""

from pathlib import Path

import pytest

from analytics.enums import RunState
from analytics.models import AnalysisRun, SeatPlan, Window
from analytics.services.files import video_path
from analytics.services.stills import still_of
from caseflow.directory.enums import Role
from caseflow.records.files import keep_file
from caseflow.records.vault import new_key
from notifications.enums import AlertKind
from notifications.models import Alert
from notifications.texts import sentence
from tests.analytics.conftest import Execute
from tests.analytics.factories import Lesson, lesson, run_on
from tests.analytics.pipeline.drawn_rooms import Shot, room, through_camera
from tests.analytics.pipeline.sources import write_video
from tests.analytics.plan_factories import png
from tests.directory.factories import SchoolFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    """A lesson whose plan was drawn on the still of a furnished room."""
    held = lesson(consented=2)
    key = new_key("still")
    SeatPlan.objects.filter(pk=held.plan.pk).update(still=keep_file(key, png(room(1))), still_key=key)
    held.plan.refresh_from_db()
    return held


def film(folder: Path, **how: float) -> bytes:
    """A minute of that room."""
    shots = (through_camera(room(1), Shot(seed=second, **how)) for second in range(60))  # type: ignore[arg-type]
    return write_video(folder / "film.mp4", shots, fps=1, gop=1).read_bytes()


def test_a_camera_that_stands_as_when_the_plan_was_drawn_is_analysed(
    where: Lesson, tmp_path: Path, execute: Execute
) -> None:
    run = run_on(where, film(tmp_path, right=0.003, light=0.2))

    execute(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error_code, run.sampled_frames) == (RunState.DONE, "", 60)


class TestMoved:
    @pytest.fixture
    def run(self, where: Lesson, tmp_path: Path) -> AnalysisRun:
        return run_on(where, film(tmp_path, right=0.05))

    def test_the_run_fails_and_keeps_nothing(self, run: AnalysisRun, execute: Execute) -> None:
        execute(run.pk)

        run.refresh_from_db()
        assert (run.state, run.error_code) == (RunState.FAILED, "camera_moved")
        assert not Window.objects.exists()
        assert run.upload is not None
        assert not video_path(run.upload.pk).exists()

    def test_who_asked_is_led_to_the_run_and_the_administrators_to_the_plan(
        self, where: Lesson, run: AnalysisRun, execute: Execute
    ) -> None:
        admin, elsewhere = (
            actor(Role.SCHOOL_ADMIN, school=where.school),
            actor(Role.SCHOOL_ADMIN, school=SchoolFactory.create()),
        )

        execute(run.pk)

        to_psychologist = Alert.objects.get(recipient=where.psychologist.user)
        to_admin = Alert.objects.get(recipient=admin.user)
        assert {to_psychologist.kind, to_admin.kind} == {AlertKind.RUN_FAILED}
        assert to_psychologist.url == f"/analysis/runs/{run.pk}/"
        assert to_admin.url == f"/analysis/seat-plans/{where.plan.camera_id}/{where.plan.school_class_id}/"
        assert "the camera seems to have moved" in sentence(to_admin.kind, to_admin.params)
        assert not Alert.objects.filter(recipient=elsewhere.user).exists()

    def test_nobody_is_told_twice(self, where: Lesson, run: AnalysisRun, execute: Execute) -> None:
        actor(Role.SCHOOL_ADMIN, school=where.school, user=where.psychologist.user)

        execute(run.pk)

        assert Alert.objects.filter(recipient=where.psychologist.user).count() == 1

    def test_other_failures_do_not_reach_the_administrators(self, where: Lesson, execute: Execute) -> None:
        admin = actor(Role.SCHOOL_ADMIN, school=where.school)

        execute(run_on(where, b"no video at all").pk)

        assert not Alert.objects.filter(recipient=admin.user).exists()


class TestStill:
    def test_it_is_the_picture_the_plan_was_drawn_on(self, where: Lesson) -> None:
        still = still_of(where.plan)

        assert still is not None
        assert (still == room(1)).all()

    def test_one_that_is_gone_or_no_picture_is_none_and_the_run_goes_on(
        self, where: Lesson, tmp_path: Path, execute: Execute
    ) -> None:
        where.plan.still = "gone"
        assert still_of(where.plan) is None
        where.plan.still = keep_file(where.plan.still_key, b"no picture")
        assert still_of(where.plan) is None
        SeatPlan.objects.update(still=where.plan.still)
        run = run_on(where, film(tmp_path, right=0.05))

        execute(run.pk)

        assert AnalysisRun.objects.get().state == RunState.DONE
