"""A camera's address is sealed, checked before it is kept, and known to the school's own administrator alone."""

import pytest
from django.test import override_settings

from analytics.enums import CameraCondition, CameraSource
from analytics.models import CameraHealth, CameraLink
from analytics.pipeline.errors import BadCameraAddress
from analytics.rules.refusals import RefusedError
from analytics.services.cameras.holding import claim_cameras
from analytics.services.cameras.linking import link_folder, link_stream, place_of, switch_camera
from caseflow.audit.models import AuditEntry
from caseflow.directory.models import Camera
from caseflow.records.models import DataKey
from tests.analytics.cameras.factories import ADDRESS, admin_of, linked
from tests.directory.factories import CameraFactory

pytestmark = pytest.mark.django_db


def refusal_of(camera: Camera, url: str) -> str:
    with pytest.raises(RefusedError) as refused:
        link_stream(admin_of(camera), camera.pk, url)
    assert str(refused.value.text)
    return refused.value.code


def test_an_address_is_kept_sealed_and_opens_again() -> None:
    link = linked()
    assert b"cret" not in bytes(link.address_sealed)
    place = place_of(link)
    assert (place.host, place.port, place.user, place.password) == ("10.1.2.3", 554, "viewer", "s:e cret")
    entry = AuditEntry.objects.get(action="camera.linked")
    assert "10.1.2.3" not in str(entry.detail)


def test_what_is_no_address_or_lies_outside_is_refused() -> None:
    camera = CameraFactory.create()
    assert refusal_of(camera, "http://10.1.2.3/") == "bad_camera_address"
    assert refusal_of(camera, "rtsp://8.8.8.8/live") == "camera_elsewhere"
    assert not CameraLink.objects.exists()
    link_stream(admin_of(camera), camera.pk, "rtsp://camera.school.kz/live")  # asked for when it is called


def test_a_camera_of_another_school_is_not_found() -> None:
    mine, other = CameraFactory.create(), CameraFactory.create()
    with pytest.raises(Camera.DoesNotExist):
        link_stream(admin_of(mine), other.pk, ADDRESS)


def test_another_address_takes_its_place_with_all_that_was_known() -> None:
    link = linked()
    (held,) = claim_cameras(5)
    assert held.tell(condition=CameraCondition.BLIND, trouble="camera_gone")
    again = link_stream(admin_of(link.camera), link.pk, "rtsp://10.1.2.4/live")
    health = CameraHealth.objects.get()
    assert (health.condition, health.trouble, health.worker) == (CameraCondition.CALLING, "", "")
    assert not held.tell(condition=CameraCondition.BLIND), "the process that knows the former address lets it go"
    assert place_of(again).host == "10.1.2.4"
    assert not DataKey.objects.filter(pk=link.key_id).exists()


def test_an_address_sealed_elsewhere_does_not_open() -> None:
    link = linked()
    with override_settings(VAULT_KEY="another"), pytest.raises(BadCameraAddress):
        place_of(link)


def test_switched_off_it_is_nobodys_to_watch() -> None:
    link = linked()
    admin = admin_of(link.camera)
    (held,) = claim_cameras(5)
    assert not switch_camera(admin, link.pk, is_on=False).is_on
    assert not held.tell()
    held.let_go()
    assert claim_cameras(5) == []
    switch_camera(admin, link.pk, is_on=True)
    assert len(claim_cameras(5)) == 1
    with pytest.raises(CameraLink.DoesNotExist):
        switch_camera(admin_of(CameraFactory.create()), link.pk, is_on=False)


def test_a_folder_belongs_to_one_camera() -> None:
    camera, other = CameraFactory.create(), CameraFactory.create()
    with override_settings(RECORDINGS=""), pytest.raises(RefusedError, match="no_recordings"):
        link_folder(admin_of(camera), camera.pk, "room 214")
    with override_settings(RECORDINGS="/recordings"):
        link = link_folder(admin_of(camera), camera.pk, " room 214 ")
        assert (link.source, link.folder) == (CameraSource.FOLDER, "room 214")
        for bad in ("", "..", "a/b", "/etc", ".hidden", "x" * 101):
            with pytest.raises(RefusedError, match="bad_folder"):
                link_folder(admin_of(camera), camera.pk, bad)
        with pytest.raises(RefusedError, match="folder_taken"):
            link_folder(admin_of(other), other.pk, "room 214")
        assert link_folder(admin_of(camera), camera.pk, "room 214").version == 2
    assert claim_cameras(5) == [], "there is nothing to call"
