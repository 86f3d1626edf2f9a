"""Broker, tasks, live delivery."""

from datetime import timedelta

from caseflow.settings.environment import DATA_DIR, env

CHANNEL_URL = env.str("CHANNEL_URL", default="")  # empty: sockets are woken by polling the database
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
NOTIFICATIONS_READABLE = "caseflow.directory.selectors.readable_memberships"
NOTIFICATIONS_SESSIONS = ("caseflow.accounts.selectors.open_sessions",)  # each must let a session keep its socket
NOTIFICATIONS_RIGHTS = "caseflow.directory.selectors.acting_rights"  # a socket ends when another right is acted by

SPOOL_DIR = DATA_DIR / "spool"
CELERY_BROKER_URL = env.str("BROKER_URL", default="spool://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL.startswith("spool"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"folder": str(SPOOL_DIR), "polling_interval": 0.1}
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TASK_ROUTES = {"analytics.tasks.run_analysis": {"queue": "video"}}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")


def _every(task: str, **period: int) -> dict[str, object]:
    """Asked for again and again; a question that nobody took up in time is dropped, the next one asks the same."""
    every = timedelta(**period)
    return {"task": task, "schedule": every, "options": {"expires": max(10, every.total_seconds())}}


CELERY_BEAT_SCHEDULE = {
    "seal-audit": _every("caseflow.audit.tasks.seal_audit", seconds=1),
    "sweep-clocks": _every("caseflow.clocks.tasks.sweep_clocks", seconds=1),
    "sweep-runs": _every("analytics.tasks.sweep_runs", seconds=5),
    "purge-withdrawn": _every("analytics.tasks.purge_withdrawn", seconds=30),
    "tend-alerts": _every("notifications.tasks.tend_alerts", hours=1),
}
