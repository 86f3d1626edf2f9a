from celery import shared_task

from notifications import services


@shared_task
def tend_alerts() -> None:
    services.tend()
