"""Where the pictures of a camera come from. An address has a password in it: it is sealed, and never shown again."""

import re
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction

from analytics.enums import CameraSource
from analytics.models import CameraHealth, CameraLink
from analytics.pipeline.cameras.places import CameraPlace, networks, parse_camera_url, within
from analytics.pipeline.errors import BadCameraAddress, CameraElsewhere
from analytics.rules.refusals import RefusedError
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Camera
from caseflow.directory.selectors import cameras_of
from caseflow.records.models import DataKey
from caseflow.records.vault import VaultError, new_key, seal, unseal, where

FOLDER: Final = re.compile(r"[\w][\w .-]{0,99}")


def link_stream(actor: Actor, camera_id: int, url: str) -> CameraLink:
    """Watch the camera at this RTSP address from now on.

    Raises Camera.DoesNotExist, RefusedError: bad_camera_address, camera_elsewhere (for an address without a name).
    """
    camera = cameras_of(actor).get(pk=camera_id)
    try:
        within(parse_camera_url(url), networks(settings.CAMERA_NETWORKS))
    except (BadCameraAddress, CameraElsewhere) as error:
        raise RefusedError(error.code) from error
    key = new_key("camera")
    sealed = seal(key, url.strip(), _place(camera.pk))
    return _link(actor, camera, CameraLink(source=CameraSource.STREAM, key=key, address_sealed=sealed))


def link_folder(actor: Actor, camera_id: int, folder: str) -> CameraLink:
    """Take in what a recorder leaves in this folder of RECORDINGS from now on.

    Raises Camera.DoesNotExist, RefusedError: no_recordings, bad_folder, folder_taken.
    """
    camera = cameras_of(actor).get(pk=camera_id)
    if not settings.RECORDINGS:
        raise RefusedError("no_recordings")
    if not FOLDER.fullmatch(folder.strip()):
        raise RefusedError("bad_folder")
    return _link(actor, camera, CameraLink(source=CameraSource.FOLDER, key=new_key("camera"), folder=folder.strip()))


def switch_camera(actor: Actor, camera_id: int, *, is_on: bool) -> CameraLink:
    """Watch the camera again, or watch it no more. Raises CameraLink.DoesNotExist."""
    with transaction.atomic():
        link = CameraLink.objects.select_for_update().get(camera__in=cameras_of(actor), pk=camera_id)
        link.is_on = is_on
        link.version += 1
        link.save(update_fields=["is_on", "version"])
        _record(actor, link)
    return link


def place_of(link: CameraLink) -> CameraPlace:
    """What to call. Raises BadCameraAddress, also where it was sealed with another key than this installation's."""
    try:
        return parse_camera_url(unseal(link.key, link.address_sealed, _place(link.camera_id)))
    except VaultError as error:
        raise BadCameraAddress("sealed with another key") from error


def _link(actor: Actor, camera: Camera, link: CameraLink) -> CameraLink:
    """In the place of how it was reached before; who watches it by then lets it go."""
    link.camera = camera
    try:
        with transaction.atomic():
            before = CameraLink.objects.select_for_update().filter(pk=camera.pk).first()
            link.version = before.version + 1 if before else 1
            link.save(force_insert=before is None, force_update=before is not None)
            if before:
                DataKey.objects.filter(pk=before.key_id).delete()  # and the former address with it
            CameraHealth.objects.update_or_create(link=link, defaults=_UNKNOWN)
            _record(actor, link)
    except IntegrityError as error:
        raise RefusedError("folder_taken") from error
    return link


# What was said of the camera at its former place holds no longer.
_UNKNOWN = {
    "worker": "",
    "lease_until": None,
    "condition": CameraHealth.condition.field.get_default(),
    "since": None,
    "seen_at": None,
    "trouble": "",
    "pictures_a_second": 0,
    "stalls": 0,
    "reconnects": 0,
}


def _place(camera_id: int) -> str:
    return where("analytics.CameraLink", camera_id, "address")


def _record(actor: Actor, link: CameraLink) -> None:
    detail = {"source": link.source, "on": link.is_on}
    record(action="camera.linked", actor_id=actor.user.pk, role=actor.role, obj=f"camera:{link.pk}", detail=detail)
