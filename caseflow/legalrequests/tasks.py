from celery import shared_task

from caseflow.legalrequests.services import sweep_legal_requests as sweep


@shared_task
def sweep_legal_requests() -> int:
    return sweep()
