"""Keeping what is being sent: a lease is short, so that what a killed worker held is soon taken over, and whoever still
sends renews it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from time import monotonic, sleep

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils import timezone

from notifications.models import Delivery
from notifications.services.claiming import LEASE

logger = logging.getLogger(__name__)

RENEWED_EVERY_S = 1.5
LONGEST_S = 120.0  # no sending lasts as long, see `channels`; one that does is given up by us


class Holder:
    """Renews the leases of what this process is sending, from one thread that lives only while there is any."""

    def __init__(self) -> None:
        self._door = Lock()
        self._held: dict[tuple[int, str], float] = {}  # (delivery, token of its claim) → when it was claimed
        self._renewing = False

    @contextmanager
    def holding(self, claimed: Delivery) -> Iterator[None]:
        """Meanwhile the claim is kept, for LONGEST_S at most."""
        key = (claimed.pk, claimed.worker)
        with self._door:
            self._held[key] = monotonic()
            if not self._renewing:
                Thread(target=self._run, name="leases", daemon=True).start()
            self._renewing = True
        try:
            yield
        finally:
            with self._door:
                del self._held[key]

    def _run(self) -> None:
        try:
            while self._is_needed():
                self._renew()
        finally:
            connection.close()

    def _is_needed(self) -> bool:
        sleep(RENEWED_EVERY_S)
        with self._door:
            self._renewing = bool(self._held)
            return self._renewing

    def _renew(self) -> None:
        since = monotonic() - LONGEST_S
        with self._door:
            claims = [key for key, claimed_at in self._held.items() if claimed_at > since]
        try:
            close_old_connections()
            for pk, token in claims:
                own = Delivery.objects.filter(pk=pk, worker=token, lease_until__isnull=False)
                own.update(lease_until=timezone.now() + LEASE)
        except DatabaseError:
            logger.warning("Leases are not renewed; trying again in %s s", RENEWED_EVERY_S, exc_info=True)


holder = Holder()
