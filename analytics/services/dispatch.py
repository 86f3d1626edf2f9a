import logging
from typing import Final
from uuid import UUID

from celery import current_app
from kombu.exceptions import ChannelError, OperationalError

TASK: Final = "analytics.tasks.run_analysis"
CLIP_TASK: Final = "analytics.tasks.make_clip"

log = logging.getLogger(__name__)


def send_run(run_id: UUID) -> None:
    """Tell the workers of a run that waits. A broker that is away costs nothing: the sweeper sends it again."""
    _send(TASK, run_id)


def send_clip(clip_id: UUID) -> None:
    """The same of a clip that waits to be made."""
    _send(CLIP_TASK, clip_id)


def _send(task: str, pk: UUID) -> None:
    try:
        current_app.send_task(task, [str(pk)])
    except (OperationalError, ChannelError, OSError):
        log.warning("%s %s: the broker did not take the message, the sweeper sends it again", task, pk)
