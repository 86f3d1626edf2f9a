from celery import shared_task

from caseflow.clocks.services import sweep


@shared_task
def sweep_clocks() -> int:
    return sweep()
