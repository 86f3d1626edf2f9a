import logging
from typing import Final
from uuid import UUID

from celery import current_app
from kombu.exceptions import ChannelError, OperationalError

TASK: Final = "analytics.tasks.run_analysis"

log = logging.getLogger(__name__)


def send_run(run_id: UUID) -> None:
    """Tell the workers of a run that waits. A broker that is away costs nothing: the sweeper sends it again."""
    try:
        current_app.send_task(TASK, [str(run_id)])
    except (OperationalError, ChannelError, OSError):
        log.warning("Run %s: the broker did not take the message, the sweeper sends it again", run_id)
