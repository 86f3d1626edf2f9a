from celery import shared_task

from caseflow.undo import services


@shared_task
def erase_removed() -> int:
    return services.erase_removed()
