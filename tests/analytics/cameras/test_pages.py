"""The pages on which the cameras are looked after."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from analytics.enums import CameraCondition, CameraState, RunState, UploadState
from analytics.models import CameraHealth, CameraLink, Upload
from analytics.selectors.cameras import camera_list, camera_row, in_trouble, rows_of
from analytics.services.cameras.holding import claim_cameras
from analytics.services.cameras.linking import link_folder, switch_camera
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera
from tests.analytics.cameras.factories import ADDRESS, admin_of, linked
from tests.analytics.factories import lesson, run_of
from tests.directory.factories import CameraFactory, actor, signed_in

pytestmark = pytest.mark.django_db


def told(link: CameraLink, **facts: object) -> None:
    """What its process said just now."""
    for holding in claim_cameras(1):
        assert holding.camera_id == link.pk
    CameraHealth.objects.filter(link=link).update(
        **{"lease_until": timezone.now() + timedelta(seconds=9), "since": timezone.now(), **facts}
    )


def state_of(camera: Camera, now: datetime | None = None) -> CameraState:
    (row,) = rows_of(camera_list(admin_of(camera)).filter(pk=camera.pk), now)
    return row.state


def test_the_state_is_what_is_known_and_never_guessed() -> None:
    camera = CameraFactory.create()
    assert state_of(camera) == CameraState.BY_HAND
    link = linked(camera)
    assert state_of(camera) == CameraState.UNWATCHED
    told(link)
    assert state_of(camera) == CameraState.CALLING
    for condition in CameraCondition:
        told(link, condition=condition)
        assert state_of(camera) == CameraState(condition.value)
    assert state_of(camera, timezone.now() + timedelta(seconds=30)) == CameraState.UNWATCHED, "its process fell silent"
    switch_camera(admin_of(camera), camera.pk, is_on=False)
    assert state_of(camera) == CameraState.OFF


def test_a_blind_camera_says_since_when_and_what_to_do() -> None:
    link = linked()
    since = timezone.now() - timedelta(minutes=7)
    told(link, condition=CameraCondition.BLIND, trouble="camera_refuses", since=since)
    admin = admin_of(link.camera)
    page = signed_in(admin).get("/analysis/cameras/").content.decode()
    assert f"{timezone.localtime(since):%H:%M}" in page
    row = camera_row(admin, link.pk)
    assert row.trouble
    assert row.trouble in page
    assert in_trouble(admin) == 1
    told(link, condition=CameraCondition.SEEING, trouble="")
    assert in_trouble(admin) == 0


def test_the_office_links_a_camera_and_nobody_reads_its_password() -> None:
    camera = CameraFactory.create()
    office = signed_in(admin_of(camera))
    where = f"/analysis/cameras/{camera.pk}/"
    assert office.get(where).status_code == 200
    assert office.post(f"{where}link/", {"source": "stream", "address": ADDRESS}).status_code == 302
    assert CameraLink.objects.get().camera == camera
    for page in (where, "/analysis/cameras/", f"{where}health/"):
        assert "s%3Ae" not in office.get(page).content.decode()
    assert office.post(f"{where}switch/", {"on": "0"}).status_code == 302
    assert not CameraLink.objects.get().is_on


@pytest.mark.parametrize(
    "said",
    [
        {"source": "stream", "address": "rtsp://8.8.8.8/"},
        {"source": "stream", "address": ""},
        {"source": "folder", "folder": "../etc"},
        {"source": "elsewhere"},
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_changes(said: dict[str, str], settings: Any) -> None:
    settings.RECORDINGS = "/recordings"
    camera = CameraFactory.create()
    answer = signed_in(admin_of(camera)).post(f"/analysis/cameras/{camera.pk}/link/", said)
    assert answer.status_code == 422
    assert "c-error" in answer.content.decode()
    assert not CameraLink.objects.exists()


def test_the_page_of_a_folder_shows_what_became_of_each_file(settings: Any) -> None:
    settings.RECORDINGS = "/recordings"
    where = lesson()
    camera = where.plan.camera
    link_folder(admin_of(camera), camera.pk, "room 214")

    def file(name: str, state: UploadState, code: str = "") -> Upload:
        return Upload.objects.create(
            school=where.school,
            camera=camera,
            file_name=name,
            length=5,
            received=5,
            state=state,
            error_code=code,
            expires_at=timezone.now(),
        )

    file("waits.mp4", UploadState.CHECKED)
    file("break.mp4", UploadState.REFUSED, "no_lesson")
    file("over.mp4", UploadState.REMOVED)
    run = run_of(where, state=RunState.DONE, upload=file("done.mp4", UploadState.USED), requested_by=None)
    page = signed_in(where.psychologist).get(f"/analysis/cameras/{camera.pk}/").content.decode()
    for name in ("waits.mp4", "break.mp4", "over.mp4", "done.mp4"):
        assert name in page
    assert f"/analysis/runs/{run.pk}/" in page
    office = signed_in(admin_of(camera)).get(f"/analysis/cameras/{camera.pk}/").content.decode()
    assert f"/analysis/runs/{run.pk}/" not in office


def test_a_run_that_nobody_asked_for_says_that_the_timetable_did() -> None:
    where = lesson()
    run = run_of(where, state=RunState.DONE, requested_by=None, live=True, windows_left=3)
    browser = signed_in(where.psychologist)
    page = browser.get(f"/analysis/runs/{run.pk}/").content.decode()
    assert "the timetable" in page
    assert "3" in page
    assert browser.get("/analysis/videos/").status_code == 200


def test_the_list_asks_the_same_number_of_questions_for_many_cameras(django_assert_max_num_queries: Any) -> None:
    school = admin_of(linked().camera)
    for _ in range(12):
        linked(CameraFactory.create(room__school=school.schools().get()))
    who = actor(Role.SYSTEM_ADMIN)
    with django_assert_max_num_queries(3):
        assert len(rows_of(camera_list(who))) == 13


def test_the_api_tells_the_same(client: Client) -> None:
    link = linked()
    told(link, condition=CameraCondition.FROZEN, stalls=4)
    answer = signed_in(admin_of(link.camera)).get("/api/v1/camera-health/").json()
    (row,) = answer["results"]
    assert (row["camera"], row["state"], row["stalls"]) == (link.pk, "frozen", 4)
    camera = CameraFactory.create()
    one = signed_in(admin_of(camera)).get(f"/api/v1/camera-health/{camera.pk}/").json()
    assert (one["state"], one["since"], one["stalls"]) == ("by_hand", None, 0)
