from celery import shared_task

from caseflow.drafts.services import erase_old_drafts


@shared_task
def erase_drafts() -> int:
    return erase_old_drafts()
