"""Making a clip: by one worker, begun anew when that is lost, nothing left of what failed or was removed meanwhile."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from analytics.enums import ClipState, UploadState
from analytics.models import IncidentClip, Upload
from analytics.pipeline.errors import DecoderStalled
from analytics.pipeline.evidence import Evidence
from analytics.rules.clips import KEPT, LEASE, MOST_LOSSES
from analytics.services.clips import make_clip, making, open_covered, remove_clip, sweep_clips
from analytics.services.files import video_path
from analytics.tasks import make_clip as make_clip_task
from analytics.tasks import run_analysis, sweep_runs
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import Incident
from caseflow.records.files import keep_file
from caseflow.records.models import DataKey
from caseflow.triage.models import TriageItem
from tests.analytics.clip_factories import film, uploaded_for, waiting_clip
from tests.directory.factories import PupilFactory, SchoolFactory, actor, signed_in
from tests.incidents.factories import harmed, reported, teacher_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def incident(school: School, psychologist: Actor) -> Incident:
    return reported(teacher_at(school), harmed(PupilFactory.create(school=school)))


def sealed_files() -> set[Path]:
    return set(Path(settings.MEDIA_ROOT).rglob("*.sealed"))


def test_a_film_becomes_two_sealed_clips_and_its_file_goes(psychologist: Actor, incident: Incident) -> None:
    before = sealed_files()
    waiting = waiting_clip(psychologist, incident, film())
    make_clip_task(str(waiting.pk))
    clip = IncidentClip.objects.get()
    assert (clip.state, clip.progress, clip.error_code, clip.number) == (ClipState.READY, 1.0, "", 1)
    assert clip.duration_s == pytest.approx(2, abs=0.15)
    assert 0 < clip.covered_share < 1
    assert clip.expires_at - clip.added_at == KEPT
    assert not video_path(clip.upload_id).exists()
    assert Upload.objects.get().state == UploadState.REMOVED
    made = sealed_files() - before
    assert {path.stem for path in made} == {clip.covered_file, clip.sharp_file}
    assert all(b"webm" not in path.read_bytes() for path in made)
    assert b"webm" in open_covered(psychologist, clip.pk)


@pytest.mark.parametrize(
    ("content", "code"), [(b"\x00\x00\x00\x18ftypisom" + bytes(64), "truncated"), (None, "file_gone")]
)
def test_a_film_that_cannot_be_read_says_so_and_is_gone(
    psychologist: Actor, incident: Incident, content: bytes | None, code: str
) -> None:
    clip = waiting_clip(psychologist, incident, content or film())
    if content is None:
        video_path(clip.upload_id).unlink()
    make_clip(clip.pk)
    clip.refresh_from_db()
    assert (clip.state, clip.error_code) == (ClipState.FAILED, code)
    assert not video_path(clip.upload_id).exists()
    page = signed_in(psychologist).get(reverse("analytics:clip", args=[clip.pk])).content.decode()
    assert "alert-circle" in page


def test_five_minutes_are_the_longest(psychologist: Actor, incident: Incident) -> None:
    clip = waiting_clip(psychologist, incident, film(fps=1, duration_s=302))
    make_clip(clip.pk)
    clip.refresh_from_db()
    assert (clip.state, clip.error_code) == (ClipState.FAILED, "too_long")
    listed = signed_in(psychologist).get(reverse("analytics:clips", args=[incident.pk])).content.decode()
    assert "longer than five minutes" in listed


@pytest.mark.parametrize("late", [-LEASE, timedelta(hours=1)], ids=["lapsed", "clock set back"])
def test_what_a_lost_worker_began_is_begun_anew_and_given_up_after_three(
    psychologist: Actor, incident: Incident, late: timedelta, django_capture_on_commit_callbacks: Any
) -> None:
    clip = waiting_clip(psychologist, incident, film())
    held_until = timezone.now() + late
    with patch("analytics.services.clips.making.send_clip") as sent:
        assert sweep_clips() == 0
        for attempt in range(MOST_LOSSES):
            IncidentClip.objects.update(state=ClipState.MAKING, worker="lost", lease_until=held_until, attempt=attempt)
            with django_capture_on_commit_callbacks(execute=True):
                assert sweep_clips() == 1
    assert sent.call_count == MOST_LOSSES
    make_clip(clip.pk)
    clip.refresh_from_db()
    assert (clip.state, clip.attempt) == (ClipState.READY, MOST_LOSSES)

    IncidentClip.objects.update(
        state=ClipState.MAKING, lease_until=held_until, attempt=MOST_LOSSES, covered_file="", sharp_file=""
    )
    assert sweep_runs() == 1
    clip.refresh_from_db()
    assert (clip.state, clip.error_code) == (ClipState.FAILED, "clip_lost")


def test_a_clip_is_made_by_one_worker_alone(psychologist: Actor, incident: Incident) -> None:
    clip = waiting_clip(psychologist, incident, film())
    IncidentClip.objects.update(state=ClipState.MAKING, worker="another", lease_until=timezone.now() + LEASE)
    make_clip(clip.pk)
    clip.refresh_from_db()
    assert (clip.state, clip.worker) == (ClipState.MAKING, "another")


@pytest.mark.parametrize("when", ["meanwhile", "at the end"])
def test_a_clip_removed_while_it_is_made_leaves_nothing(psychologist: Actor, incident: Incident, when: str) -> None:
    clip = waiting_clip(psychologist, incident, film())
    before = sealed_files()

    def removed(*_args: Any) -> Any:
        remove_clip(psychologist, clip.pk, "Не тот день, не тот класс")
        return real(*_args)

    at = "Making.alive" if when == "meanwhile" else "_keep"
    real = making.Making.alive if when == "meanwhile" else making._keep
    with (
        patch("analytics.services.clips.making.RENEW_EVERY_S", 0),
        patch(f"analytics.services.clips.making.{at}", side_effect=removed, autospec=True),
    ):
        make_clip(clip.pk)
    clip.refresh_from_db()
    assert (clip.state, clip.covered_file) == (ClipState.ENDED, "")
    assert sealed_files() == before


def test_a_clip_is_made_by_the_worker_that_reads_videos() -> None:
    assert settings.CELERY_TASK_ROUTES[make_clip_task.name] == settings.CELERY_TASK_ROUTES[run_analysis.name]


def test_a_worker_that_lost_the_clip_leaves_the_film_to_the_next(psychologist: Actor, incident: Incident) -> None:
    clip = waiting_clip(psychologist, incident, film())

    def lost(*_args: Any) -> Any:
        IncidentClip.objects.update(worker="another")
        raise DecoderStalled

    with patch("analytics.services.clips.making.make_evidence", side_effect=lost):
        make_clip(clip.pk)
    clip.refresh_from_db()
    assert (clip.state, clip.error_code) == (ClipState.MAKING, "")
    assert video_path(clip.upload_id).exists()


def test_what_a_crash_left_of_films_is_removed(psychologist: Actor, incident: Incident) -> None:
    clip = waiting_clip(psychologist, incident, film())
    assert sweep_clips() == 0
    with patch("analytics.services.clips.making.discard_upload"):  # killed right before
        make_clip(clip.pk)
    assert video_path(clip.upload_id).exists()
    assert sweep_clips() == 1
    assert not video_path(clip.upload_id).exists()
    late = uploaded_for(psychologist, incident, film())
    TriageItem.objects.update(state="dismissed", decided_at=timezone.now(), decided_by=psychologist.user)
    assert sweep_clips() == 1
    assert not video_path(late.pk).exists()


def test_a_full_disk_keeps_neither_of_the_two(psychologist: Actor, incident: Incident) -> None:
    clip, before, room = waiting_clip(psychologist, incident, film()), sealed_files(), iter([True, False])

    def kept(key: DataKey, content: bytes) -> str:
        if next(room):
            return keep_file(key, content)
        raise OSError("no space left on device")

    with patch("analytics.services.clips.making.keep_file", side_effect=kept), pytest.raises(OSError, match="no space"):
        make_clip(clip.pk)
    assert sealed_files() == before
    clip.refresh_from_db()
    assert clip.state == ClipState.MAKING


@pytest.mark.parametrize("attempt", [1, MOST_LOSSES])
def test_a_clip_that_somebody_took_up_meanwhile_is_left_to_them(
    psychologist: Actor, incident: Incident, attempt: int
) -> None:
    clip = waiting_clip(psychologist, incident, film())
    IncidentClip.objects.update(attempt=attempt, lease_until=timezone.now() - LEASE)
    clip.refresh_from_db()
    IncidentClip.objects.update(lease_until=timezone.now() + LEASE)
    lost = IncidentClip.objects.filter(lease_until__lt=timezone.now())
    assert not making._take_up(clip, lost)
    assert video_path(clip.upload_id).exists()


def test_nothing_is_kept_of_a_clip_without_its_key(psychologist: Actor, incident: Incident) -> None:
    clip, before = waiting_clip(psychologist, incident, film()), sealed_files()
    evidence = Evidence(b"covered", b"sharp", 0.5, 1.0, 2, 2)
    assert not making._keep(making.Making(clip.pk, "", 0.0), None, evidence)
    assert sealed_files() == before
