"""Lesson videos and their analysis by the API."""

from datetime import timedelta
from typing import Any

import pytest

from analytics.enums import Mode, RunState, UploadState
from analytics.models import AnalysisRun, Upload
from analytics.services.switching import set_mode
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.analytics.factories import Lesson, checked_upload, lesson, run_of, upload_of, withdraw
from tests.api.asking import get, post, rows
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson()


@pytest.fixture
def who(where: Lesson) -> Actor:
    return where.psychologist


def wish(where: Lesson, upload: Upload, **other: Any) -> dict[str, Any]:
    return {"video": str(upload.pk), "slot": where.slot.pk, "date": where.date.isoformat()} | other


def test_a_checked_video_is_queued_with_the_mark_of_its_model(where: Lesson, who: Actor) -> None:
    answer = post(who, "run-list", **wish(where, checked_upload(where)))
    run = AnalysisRun.objects.get()
    assert (answer.status_code, answer.json()["id"], answer.json()["state"]) == (201, str(run.pk), "queued")
    made = answer.json()
    assert (made["ai_generated"], made["model"], made["version"]) == (True, run.card.pack, run.card.version)


def test_a_lesson_is_analysed_once(where: Lesson, who: Actor) -> None:
    run_of(where)
    answer = post(who, "run-list", **wish(where, checked_upload(where)))
    assert (answer.status_code, AnalysisRun.objects.count()) == (409, 1)
    assert answer.json() == {"detail": "This lesson is analysed already, or its analysis is under way."}


def test_no_run_without_an_open_seat(where: Lesson, who: Actor) -> None:
    for pupil in where.pupils:
        withdraw(pupil)
    answer = post(who, "run-list", **wish(where, checked_upload(where)))
    assert (answer.status_code, AnalysisRun.objects.exists()) == (409, False)


def test_no_run_while_it_is_switched_off(where: Lesson, who: Actor) -> None:
    set_mode(who.user, where.school, Mode.OFF)
    answer = post(who, "run-list", **wish(where, checked_upload(where)))
    assert answer.json() == {"detail": "Mood analysis is switched off for this school."}
    assert (answer.status_code, AnalysisRun.objects.exists()) == (409, False)


def test_what_was_said_wrongly_is_refused_at_its_field(where: Lesson, who: Actor) -> None:
    upload = checked_upload(where)
    wrong_day = (where.date - timedelta(days=1)).isoformat()
    other = post(who, "run-list", **wish(where, upload, date=wrong_day))
    assert (other.status_code, other.json()) == (400, {"date": ["There is no such lesson on that day."]})
    Upload.objects.update(recorded_at=None)
    unknown = post(who, "run-list", **wish(where, upload))
    assert (unknown.status_code, list(unknown.json())) == (400, ["recorded_at"])
    assert not AnalysisRun.objects.exists()
    typed = post(who, "run-list", **wish(where, upload, recorded_at=where.recorded_at.isoformat()))
    assert (typed.status_code, AnalysisRun.objects.get().recorded_at_typed) == (201, True)


def test_a_run_is_cancelled_and_an_ended_one_stays_as_it_is(where: Lesson, who: Actor) -> None:
    run, done = run_of(where), run_of(where, day=where.date - timedelta(days=7), state=RunState.DONE)
    assert post(who, "run-cancel", run.pk).json()["state"] == "cancelled"
    assert post(who, "run-cancel", done.pk).json()["state"] == "done"
    assert post(lesson().psychologist, "run-cancel", run.pk).status_code == 404
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district)
    assert post(lead, "run-cancel", run.pk).status_code == 403


def test_a_video_offers_the_lessons_of_its_day(where: Lesson, who: Actor) -> None:
    upload = checked_upload(where)
    assert [row["id"] for row in rows(who, "video-list")] == [str(upload.pk)]
    found = get(who, "video-lessons", upload.pk).json()
    assert found["day"] == where.date.isoformat()
    offered = [(one["slot"], one["camera"], one["confirmed"]) for one in found["lessons"]]
    assert offered == [(where.slot.pk, where.plan.camera_id, True)]
    assert get(who, "video-lessons", upload.pk, date="2026-13-01").json().keys() == {"date"}


def test_a_colleagues_video_is_not_there(where: Lesson) -> None:
    upload = checked_upload(where)
    colleague = actor(Role.PSYCHOLOGIST, school=where.school)
    assert rows(colleague, "video-list") == []
    assert get(colleague, "video-lessons", upload.pk).status_code == 404
    assert post(colleague, "run-list", **wish(where, upload)).status_code == 404


def test_a_file_that_is_no_video_is_refused_and_removed(who: Actor) -> None:
    upload = upload_of(who.user, b"no video at all")
    answer = post(who, "video-check", upload.pk)
    assert (answer.status_code, list(answer.json())) == (409, ["detail"])
    assert Upload.objects.get().state == UploadState.REFUSED


def test_a_video_is_given_up(where: Lesson, who: Actor) -> None:
    upload = checked_upload(where)
    client = signed_in(who)
    address = f"/api/v1/videos/{upload.pk}/"
    assert client.delete(address).status_code == 204
    assert Upload.objects.get().state == UploadState.REMOVED
    assert client.delete(address).status_code == 404
