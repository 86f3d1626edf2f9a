from celery import shared_task

from caseflow.demo import walls


@shared_task
def report_buttons() -> int:
    return walls.report()
