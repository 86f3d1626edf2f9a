from celery import shared_task

from caseflow.alarms.services import tell_of_buttons, tend_drills


@shared_task
def sweep_buttons() -> int:
    return tell_of_buttons()


@shared_task
def plan_drills() -> int:
    return tend_drills()
