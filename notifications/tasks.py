from celery import shared_task

from notifications import services
from notifications.enums import Channel


@shared_task
def tend_alerts() -> None:
    services.tend()


@shared_task
def deliver_due(channel: str) -> int:
    return services.deliver_due(Channel(channel))


@shared_task
def sweep_deliveries() -> int:
    return services.sweep()
