"""Watch the cameras that are linked over RTSP, each in a process of its own, until told to end."""

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError

from analytics.services.cameras.keeper import Keeper

LOOK_EVERY_S = 1.0


class Command(BaseCommand):
    help = "Watches the cameras of the register; several machines share them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = Event()
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: stop.set())
        keeper = Keeper(settings.CAMERAS_WATCHED, settings.CAMERA_SCHOOLS)
        try:
            while not stop.wait(LOOK_EVERY_S):
                try:
                    keeper.tend()
                except OperationalError as error:
                    self.stderr.write(f"The database did not answer: {error}")
        finally:
            keeper.end()
