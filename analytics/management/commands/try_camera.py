"""Look at a camera for a few seconds, or until Ctrl-C, and say what it sends, or why it cannot be watched."""

from contextlib import suppress
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from analytics.pipeline.cameras.keeping import Watch, keep_watching
from analytics.pipeline.cameras.live import LiveCamera, watch
from analytics.pipeline.cameras.places import CameraPlace, address_of, networks, parse_camera_url
from analytics.pipeline.errors import PipelineError

LOOK_S = 0.2
WORDS = {
    "bad_camera_address": "That is no address like rtsp://name:password@10.1.2.3:554/stream.",
    "camera_elsewhere": "Its address lies outside of CAMERA_NETWORKS.",
    "camera_unreachable": "Nobody answers there.",
    "camera_refuses": "It refuses: another name or password, or another stream.",
    "camera_redirects": "It sends us to another address, which is never followed.",
    "camera_speaks_oddly": "It does not speak RTSP as we know it.",
    "camera_silent": "It answers and sends no picture.",
    "camera_gone": "It closed the connection.",
    "unsupported_codec": "It sends neither H.264 nor H.265.",
    "frame_too_large": "Its picture is too large.",
}


class Command(BaseCommand):
    """Try a camera. Nothing is kept of what it shows."""

    help = "Looks at an RTSP camera for a few seconds and says what it sends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="rtsp://name:password@host:port/stream")
        parser.add_argument("--seconds", type=float, default=5)
        parser.add_argument("--keep", action="store_true", help="go on until Ctrl-C and say each change")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            place = parse_camera_url(options["url"])
            address = address_of(place, networks(settings.CAMERA_NETWORKS))
            if options["keep"]:
                self._keep(place, address)
                return
            with watch(place, address, interval_s=0.2) as camera:
                self._describe(camera, options["seconds"])
        except PipelineError as error:
            raise CommandError(f"{WORDS.get(error.code, error.code)} ({error.detail})") from error

    def _describe(self, camera: LiveCamera, seconds: float) -> None:
        frames, counts = camera.frames(), camera.counts
        height_px, width_px = next(frames).image.shape[:2]
        began, before = monotonic(), counts.pictures
        while monotonic() - began < seconds:
            next(frames)
        length_s = monotonic() - began
        rate, keys = (counts.pictures - before) / length_s, counts.keys
        every = f"a keyframe each {counts.pictures / keys / rate:.1f} s" if keys > 1 else "keyframes far apart"
        self.stdout.write(
            f"{camera.track.coding.upper()}, {width_px} x {height_px}, {rate:.1f} pictures a second, {every}, "
            f"{counts.damaged} damaged."
        )

    def _keep(self, place: CameraPlace, address: str) -> None:
        seen, stop, before = Watch(), Event(), ""
        arguments = (lambda: watch(place, address), seen, lambda _frame: None, stop)
        thread = Thread(target=keep_watching, args=arguments, daemon=True)
        thread.start()
        with suppress(KeyboardInterrupt):
            while True:
                health = seen.health()
                now = f"{health.condition} {health.trouble}".strip()
                if now != before:
                    before = now
                    self.stdout.write(f"{timezone.localtime():%H:%M:%S} {now}")
                    self.stdout.flush()
                sleep(LOOK_S)
        stop.set()
        health = seen.health()
        self.stdout.write(
            f"{health.pictures_a_second:.1f} pictures a second; in the last hour {health.stalls} stalls, "
            f"{health.reconnects} reconnects."
        )
