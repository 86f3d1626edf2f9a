"""How the cameras of the register are, for pages and the API."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from analytics.enums import CameraCondition, CameraSource, CameraState, UploadState
from analytics.models import AnalysisRun, CameraHealth, CameraLink, Upload
from analytics.rules.cameras import trouble_text
from analytics.rules.refusals import text_of
from analytics.rules.run_states import ACTIVE
from caseflow.directory.actors import Actor
from caseflow.directory.models import Camera
from caseflow.directory.selectors import cameras_of

RECORDINGS_SHOWN: Final = 20
WELL: Final = (CameraState.SEEING, CameraState.BY_HAND, CameraState.OFF)


@dataclass(frozen=True, slots=True)
class CameraRow:
    """A camera of the register and how it is; `link` and `health` are None for one that is fed by hand.

    `live_run` is the lesson that is analysed before it at this moment.
    """

    camera: Camera
    link: CameraLink | None
    health: CameraHealth | None
    state: CameraState
    live_run: AnalysisRun | None = None

    @property
    def trouble(self) -> str:
        """What is wrong and what to do; empty while nothing is."""
        code = self.health.trouble if self.health else ""
        return str(trouble_text(code)) if code and self.state in _TROUBLED else ""

    @property
    def since(self) -> datetime | None:
        return self.health.since if self.health and self.state not in (CameraState.BY_HAND, CameraState.OFF) else None

    @property
    def is_live(self) -> bool:
        return self.link is not None and self.link.source == CameraSource.STREAM

    @property
    def is_well(self) -> bool:
        return self.state in WELL


_TROUBLED: Final = (CameraState.BLIND, CameraState.CALLING)


@dataclass(frozen=True, slots=True)
class Recording:
    """A file that a recorder left, and what became of it; `reason` says why one was refused."""

    upload: Upload
    reason: str
    run: AnalysisRun | None


def camera_list(actor: Actor) -> QuerySet[Camera]:
    """The cameras of the actor's schools with what is known of them, room by room."""
    return (
        cameras_of(actor).select_related("room__school", "link__health").order_by("room__school", "room__name", "name")
    )


def rows_of(cameras: Iterable[Camera], now: datetime | None = None) -> list[CameraRow]:
    """How these cameras are (1 query beside their own)."""
    cameras, moment = list(cameras), now or timezone.now()
    under_way = AnalysisRun.objects.filter(live=True, state__in=ACTIVE, plan__camera__in=cameras)
    live = {run.plan.camera_id: run for run in under_way.select_related("plan", "slot__school_class")}
    return [_row(camera, live.get(camera.pk), moment) for camera in cameras]


def in_trouble(actor: Actor) -> int:
    """How many of the actor's cameras are watched and do not see, or are to be watched and are not."""
    return sum(not row.is_well for row in rows_of(camera_list(actor).filter(link__is_on=True)))


def camera_row(actor: Actor, camera_id: int) -> CameraRow:
    """One of the actor's cameras. Raises Camera.DoesNotExist."""
    return rows_of([camera_list(actor).get(pk=camera_id)])[0]


def recordings_of(camera: Camera) -> list[Recording]:
    """The last files that a recorder left for the camera (2 queries)."""
    uploads = list(Upload.objects.filter(camera=camera).order_by("-created_at")[:RECORDINGS_SHOWN])
    runs = AnalysisRun.objects.in_bulk([upload.pk for upload in uploads], field_name="upload_id")
    return [
        Recording(upload, str(text_of(upload.error_code)) if upload.error_code else "", runs.get(upload.pk))
        for upload in uploads
    ]


def waiting_recordings(camera: Camera) -> int:
    """How many of them wait for their teacher to say who sat where."""
    return Upload.objects.filter(camera=camera, state=UploadState.CHECKED).count()


def _row(camera: Camera, live_run: AnalysisRun | None, now: datetime) -> CameraRow:
    link = getattr(camera, "link", None)
    health = getattr(link, "health", None)
    return CameraRow(camera, link, health, _state(link, health, now), live_run)


def _state(link: CameraLink | None, health: CameraHealth | None, now: datetime) -> CameraState:
    if link is None or health is None:
        return CameraState.BY_HAND
    if not link.is_on:
        return CameraState.OFF
    if link.source == CameraSource.STREAM and (health.lease_until is None or health.lease_until < now):
        return CameraState.UNWATCHED
    return CameraState(CameraCondition(health.condition).value)
