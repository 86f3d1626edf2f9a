from celery import shared_task

from caseflow.alarms.services import tell_of_buttons, tend_drills
from caseflow.alarms.services.leaving import end_phones_of_leavers


@shared_task
def sweep_buttons() -> int:
    return tell_of_buttons() + end_phones_of_leavers()


@shared_task
def plan_drills() -> int:
    return tend_drills()
