"""A camera is watched by one process at a time, which says every few seconds how it is."""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from analytics.enums import CameraSource
from analytics.models import CameraHealth, CameraLink
from analytics.rules.cameras import LEASE
from analytics.selectors.leases import lapsed


@dataclass(frozen=True, slots=True)
class CameraHolding:
    """A camera, as it was linked in `version`, and the one process that watches it."""

    camera_id: int
    version: int
    worker: str

    def tell(self, **facts: object) -> bool:
        """Hold the camera for another lease and say how it is. False where it is not ours to watch any more."""
        held = CameraHealth.objects.filter(
            link=self.camera_id, worker=self.worker, link__version=self.version, link__is_on=True
        )
        return bool(held.update(lease_until=timezone.now() + LEASE, **facts))

    def let_go(self) -> None:
        """Somebody else may watch it at once."""
        held = CameraHealth.objects.filter(link=self.camera_id, worker=self.worker)
        held.update(lease_until=None, worker="")


def claim_cameras(most: int, school_ids: Sequence[int] = (), without: Sequence[int] = ()) -> list[CameraHolding]:
    """Take up to `most` cameras that nobody watches, of these schools (of all where none is named)."""
    now = timezone.now()
    free = Q(health__lease_until=None) | lapsed(now, "health__")
    links = CameraLink.objects.filter(free, source=CameraSource.STREAM, is_on=True).exclude(pk__in=without)
    if school_ids:
        links = links.filter(camera__room__school__in=school_ids)
    wanted = list(links.order_by("pk").values_list("pk", "version")[: max(most, 0)])
    taken = (_claim(camera_id, version) for camera_id, version in wanted)
    return [holding for holding in taken if holding]


def _claim(camera_id: int, version: int) -> CameraHolding | None:
    now, worker = timezone.now(), f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:12]}"
    free = CameraHealth.objects.filter(Q(lease_until=None) | lapsed(now), link=camera_id)
    with transaction.atomic():
        claimed = free.update(worker=worker, lease_until=now + LEASE)
    return CameraHolding(camera_id, version, worker) if claimed else None
