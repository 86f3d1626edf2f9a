"""The process that watches one camera; `watch_cameras` starts it."""

import signal
from threading import Event
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand

from analytics.services.cameras.holding import CameraHolding
from analytics.services.cameras.watching import watch_camera
from caseflow.lifeline import die_with_parent


class Command(BaseCommand):
    help = "Watches one camera for watch_cameras, which starts it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("camera", type=int)
        parser.add_argument("linked", type=int, help="the version of its link")
        parser.add_argument("worker", help="the name under which it is held")
        parser.add_argument("parent", type=int, help="the process to end with")

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = Event()
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: stop.set())
        die_with_parent(options["parent"], signal.SIGTERM)
        watch_camera(CameraHolding(options["camera"], options["linked"], options["worker"]), stop)
