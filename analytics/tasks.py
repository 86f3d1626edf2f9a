from uuid import UUID

from celery import shared_task

from analytics.services import analysing, clips, disturbances, sweeping, withdrawal
from analytics.services.cameras import recordings


@shared_task
def run_analysis(run_id: str) -> None:
    """Do a run that waits. What fails for the machine's sake is taken up again by the sweeper."""
    analysing.execute_run(UUID(run_id))


@shared_task
def make_clip(clip_id: str) -> None:
    """Make a clip of an incident that waits; as with a run, the sweeper takes up what fails for the machine's sake."""
    clips.make_clip(UUID(clip_id))


@shared_task
def sweep_runs() -> int:
    return sweeping.sweep() + clips.sweep_clips() + clips.end_clips() + disturbances.end_disturbances()


@shared_task
def take_recordings() -> int:
    """Look after what recorders leave, and begin what its teachers confirmed meanwhile."""
    return recordings.take_recordings() + recordings.begin_recorded()


@shared_task
def purge_withdrawn() -> int:
    return withdrawal.purge_withdrawn() + withdrawal.end_terms()
