"""Look for unusual motion in a recorded file of a corridor camera, as a watch would, and say what was found."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from analytics.pipeline.decoding import open_video
from analytics.pipeline.disturbance.course import Reading
from analytics.pipeline.disturbance.watching import INTERVAL_S, Disturbance, DisturbanceWatch
from analytics.pipeline.errors import VideoError
from analytics.services.disturbances import keep_motion, recall_motion, take_event


class Command(BaseCommand):
    """Print windows and events. With a camera its usual motion is known and taught, and its events are taken."""

    help = "Looks for unusual motion in FILE; with --camera it goes on with its usual motion and keeps the events."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--camera", type=int, help="id of the camera in the register")
        parser.add_argument("--from", dest="began", type=datetime.fromisoformat, help="when the file begins")
        parser.add_argument("--windows", action="store_true", help="print every window, not the events alone")

    def handle(self, *_args: Any, **options: Any) -> None:
        camera = options["camera"]
        watch = DisturbanceWatch(recall_motion(camera) if camera else None)
        began = options["began"] or timezone.localtime()
        began = began if began.tzinfo else began.replace(tzinfo=timezone.get_current_timezone())
        try:
            with open_video(options["file"], interval_s=INTERVAL_S) as video:
                for frame in video.frames():
                    found = watch.see(began + timedelta(seconds=frame.t_s), frame.image)
                    for reading in watch.readings if options["windows"] else ():
                        self._say_window(reading)
                    for event in found:
                        self._say(event, camera)
        except VideoError as error:
            raise CommandError(f"{error.code} ({error.detail})") from error
        if camera:
            keep_motion(camera, watch.state())

    def _say_window(self, reading: Reading) -> None:
        score = "learning" if reading.learning else "" if reading.score is None else f"{reading.score:.1f}"
        marks = f"{' exceeds' if reading.exceeds else ''}{' event' if reading.strength is not None else ''}"
        self.stdout.write(f"{reading.window.start:%H:%M:%S} {reading.window.condition} {score}{marks}")

    def _say(self, event: Disturbance, camera: int | None) -> None:
        kept = take_event(camera, event) if camera else None
        what = "" if camera is None else ", in the queue" if kept else ", not shown"
        length = f"{len(event.frames)} pictures"
        self.stdout.write(f"{event.at:%H:%M:%S} event, strength {event.strength:.1f}, {length}{what}")
