"""Workers keep their database connections from one task to the next, as web servers do between requests.

Celery closes them before and after each task. The timetable asks something five times a second; PostgreSQL begins a
process for each connection, and that reads its catalogue anew. It took a twentieth of a core, in bursts for which every
page waited that was asked for meanwhile.
"""

from typing import Any

from celery import Celery
from celery.fixups.django import DjangoFixup, DjangoWorkerFixup  # type: ignore[attr-defined]  # not in its stubs
from django.db import close_old_connections


class KeptConnections(DjangoWorkerFixup):  # type: ignore[misc]  # as above
    """Celery's own, but for when connections end: as CONN_MAX_AGE says, or because they are broken."""

    def install(self) -> DjangoWorkerFixup:
        """When a worker begins; what it has open then would be shared by the processes that it forks."""
        installed = super().install()
        self._close_database()
        return installed

    def close_database(self, **kwargs: Any) -> None:
        """Before and after a task: end what is too old or broken, have the rest looked at before its next use."""
        close_old_connections()


class Fixup(DjangoFixup):
    """Celery's own with `KeptConnections`."""

    @property
    def worker_fixup(self) -> DjangoWorkerFixup:
        if self._worker_fixup is None:  # type: ignore[has-type]  # as above
            self._worker_fixup = KeptConnections(self.app)
        return self._worker_fixup


def fixup(app: Celery) -> Fixup:
    """For Celery's `fixups`, in place of `celery.fixups.django:fixup`."""
    made = Fixup(app)
    made.install()
    return made
