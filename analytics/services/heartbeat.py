"""Keeps a run's lease alive beside the work, and hears when the work must stop."""

import logging
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.db import OperationalError, connection

from analytics.rules.run_states import RENEW_EVERY
from analytics.services.leases import Holding, reason_to_stop

log = logging.getLogger(__name__)


class Heartbeat:
    """A thread that renews the lease every two seconds, also while the decoder is busy with a large file.

    `stop_reason` is "" while the run may go on, else "lost", "cancelled" or "stopped". When the database cannot be
    reached the thread keeps trying; when the process dies, so does the thread, and the lease runs out.
    """

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._ended = Event()
        self._thread = Thread(target=self._beat_until_ended, name="run heartbeat", daemon=True)
        self.stop_reason = ""
        self.progress = 0.0
        self.left_s: float | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def beat(self) -> None:
        """Renew once and look for a reason to stop."""
        if not self._holding.renew(progress=self.progress, left_s=self.left_s):
            self.stop_reason = "lost"
        else:
            self.stop_reason = reason_to_stop(self._holding.run_id)

    def _beat_until_ended(self) -> None:
        try:
            while not self._ended.wait(RENEW_EVERY.total_seconds()):
                try:
                    self.beat()
                except OperationalError:
                    log.warning("Run %s: the database did not answer in time", self._holding.run_id)
        finally:
            connection.close()
