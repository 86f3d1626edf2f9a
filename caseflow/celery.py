"""The Celery application. On one machine the broker is a spool folder, see `caseflow.spool`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from caseflow import broker, spool
from caseflow.lifeline import die_with_parent
from caseflow.timetable import Asked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseflow.settings")

spool.register()
broker.register()

app = Celery("tirek", task_cls=Asked, fixups=["caseflow.kept_connections:fixup"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_worker(**kwargs: Any) -> None:
    """A pool process outlives a killed worker until its task is done, and would do it beside the next worker."""
    die_with_parent(os.getppid())
