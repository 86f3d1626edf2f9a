"""The work of one process: watch one camera, say how it is, analyse its lessons or tell its unusual motion."""

import logging
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from analytics.models import CameraLink
from analytics.pipeline.cameras.keeping import Health, Watch, keep_watching
from analytics.pipeline.cameras.live import LiveCamera, watch
from analytics.pipeline.cameras.places import address_of, networks
from analytics.pipeline.video import SampledFrame
from analytics.rules.cameras import LOOK_EVERY_S, TELL_EVERY
from analytics.services.cameras.corridors import CorridorMotion
from analytics.services.cameras.holding import CameraHolding
from analytics.services.cameras.linking import place_of
from analytics.services.cameras.live_runs import LiveLessons
from caseflow.directory.enums import CameraPurpose
from caseflow.directory.models import Camera

log = logging.getLogger(__name__)


class WatcherDiedError(RuntimeError):
    """The thread that hears the camera ended by a fault of ours."""


class Teller:
    """Says how the camera is: each change at once, that it is still so every few seconds."""

    def __init__(self, holding: CameraHolding) -> None:
        self._holding = holding
        self._said: object = None
        self._told_at = float("-inf")

    def tell(self, health: Health, size_px: tuple[int, int]) -> bool:
        """False where the camera is not ours to watch any more."""
        news, moment = (health.condition, health.trouble, health.stalls, health.reconnects), monotonic()
        if news == self._said and moment - self._told_at < TELL_EVERY.total_seconds():
            return True
        now = timezone.now()
        try:
            held = self._holding.tell(
                condition=health.condition,
                since=now - timedelta(seconds=health.since_s),
                trouble=health.trouble,
                pictures_a_second=health.pictures_a_second,
                stalls=health.stalls,
                reconnects=health.reconnects,
                width_px=size_px[0],
                height_px=size_px[1],
                **({} if health.unseen_s is None else {"seen_at": now - timedelta(seconds=health.unseen_s)}),
            )
        except OperationalError:
            log.warning("Camera %s: the database did not answer in time", self._holding.camera_id)
            return True
        self._said, self._told_at = news, moment
        return held


def watch_camera(holding: CameraHolding, stop: Event) -> None:
    """Until `stop` is set or the camera is linked otherwise or switched off. Raises WatcherDiedError."""
    link = CameraLink.objects.select_related("key", "camera").get(pk=holding.camera_id)
    seen, work, gone = Watch(), work_of(link.camera), Event()
    size_px = [0, 0]

    def on_frame(frame: SampledFrame) -> None:
        size_px[:] = frame.image.shape[1], frame.image.shape[0]
        work.see(frame)

    hearing = Thread(
        target=keep_watching,
        args=(lambda: _call(link, work.interval_s), seen, on_frame, gone),
        name="camera",
        daemon=True,
    )
    teller = Teller(holding)
    hearing.start()
    try:
        while teller.tell(seen.health(), (size_px[0], size_px[1])) and not stop.wait(LOOK_EVERY_S):
            if not hearing.is_alive():
                raise WatcherDiedError
            work.tend(timezone.now())
    finally:
        gone.set()
        work.end()
        holding.let_go()


def work_of(camera: Camera) -> LiveLessons | CorridorMotion:
    """What is done with the pictures of a camera, by what it looks at."""
    return CorridorMotion(camera) if camera.purpose == CameraPurpose.CORRIDOR else LiveLessons(camera)


def _call(link: CameraLink, interval_s: float) -> AbstractContextManager[LiveCamera]:
    place = place_of(link)
    return watch(place, address_of(place, networks(settings.CAMERA_NETWORKS)), interval_s=interval_s)
