from celery import shared_task

from caseflow.audit.services import seal_pending


@shared_task
def seal_audit() -> int:
    return seal_pending()
