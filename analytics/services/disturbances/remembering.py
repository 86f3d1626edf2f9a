"""What is usual before a camera outlives the process that watches it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from analytics.models import CameraMotion


def recall_motion(camera_id: int) -> dict[str, Any]:
    """The state for a `DisturbanceWatch`; empty for a camera that was never watched."""
    kept = CameraMotion.objects.filter(camera=camera_id).first()
    return kept.state if kept else {}


def keep_motion(camera_id: int, state: Mapping[str, Any]) -> None:
    """Keep the state of a watch; call it each minute or so, and when the watch ends."""
    CameraMotion.objects.update_or_create(
        camera_id=camera_id, defaults={"state": dict(state), "updated_at": timezone.now()}
    )
