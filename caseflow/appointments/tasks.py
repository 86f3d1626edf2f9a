from celery import shared_task

from caseflow.appointments.services import sweep_reminders as sweep


@shared_task
def sweep_reminders() -> int:
    return sweep()
