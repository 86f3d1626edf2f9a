"""Broker, tasks, live delivery."""

from caseflow.settings.environment import DATA_DIR, DEMO, env, key_from
from caseflow.timetable import every

CHANNEL_URL = env.str("CHANNEL_URL", default="")  # empty: sockets are woken by polling the database
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
NOTIFICATIONS_READABLE = "caseflow.directory.selectors.readable_memberships"
NOTIFICATIONS_SESSIONS = ("caseflow.accounts.selectors.open_sessions",)  # each must let a session keep its socket
NOTIFICATIONS_RIGHTS = "caseflow.directory.selectors.acting_rights"  # a socket ends when another right is acted by
NOTIFICATIONS_ADDRESS = "caseflow.accounts.selectors.address_of"
NOTIFICATIONS_WORKING_DAY = "caseflow.clocks.selectors.is_working_day"
NOTIFICATIONS_GATEWAY = "notifications.channels.sms.HttpGateway"

SITE_URL = env.str("SITE_URL", default="")  # where e-mails and SMS lead to
VAPID_KEY_FILE = DATA_DIR / "keys" / "vapid.key"
VAPID_KEY = key_from(VAPID_KEY_FILE.name, "VAPID_KEY")
VAPID_CONTACT = env.str("PUSH_CONTACT", default=SITE_URL or "mailto:postmaster@tirek.invalid")  # whom a service asks
PUSH_LOOPBACK = False  # for tests alone: a push service on this machine
_mail = env.email_url("EMAIL_URL", default="dummymail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"] or "localhost", _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 5
EMAIL_OFFERED = not EMAIL_BACKEND.endswith("dummy.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="tirek@localhost")
SMS_URL = env.str("SMS_URL", default="")
SMS_TOKEN = env.str("SMS_TOKEN", default="")
SMS_SENDER = env.str("SMS_SENDER", default="Tirek")

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
# Deliveries wait for servers elsewhere, so they have a worker of their own: what hangs there holds up nothing here.
CELERY_TASK_ROUTES = {
    "analytics.tasks.run_analysis": {"queue": "video"},
    "analytics.tasks.make_clip": {"queue": "video"},
    "analytics.tasks.take_recordings": {"queue": "video"},
    "notifications.tasks.deliver_due": {"queue": "delivery"},
}
# Its state is in memory: what a file says of the last time is of no use after a change of the machine's clock.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "seal-audit": every("caseflow.audit.tasks.seal_audit", seconds=1),
    "sweep-clocks": every("caseflow.clocks.tasks.sweep_clocks", seconds=1),
    "sweep-reminders": every("caseflow.appointments.tasks.sweep_reminders", seconds=5),
    "sweep-school-year": every("caseflow.schoolyear.tasks.sweep_school_year", seconds=60),
    "sweep-buttons": every("caseflow.alarms.tasks.sweep_buttons", seconds=30),
    "plan-drills": every("caseflow.alarms.tasks.plan_drills", seconds=60),
    "sweep-runs": every("analytics.tasks.sweep_runs", seconds=5),
    "take-recordings": every("analytics.tasks.take_recordings", seconds=20),
    "purge-withdrawn": every("analytics.tasks.purge_withdrawn", seconds=30),
    "sweep-legal-requests": every("caseflow.legalrequests.tasks.sweep_legal_requests", minutes=1),
    "erase-drafts": every("caseflow.drafts.tasks.erase_drafts", hours=1),
    "erase-removed": every("caseflow.undo.tasks.erase_removed", hours=1),
    "tend-alerts": every("notifications.tasks.tend_alerts", minutes=10),
    "sweep-deliveries": every("notifications.tasks.sweep_deliveries", seconds=2),
    "deliver-push": every("notifications.tasks.deliver_due", "push", seconds=1),
    "deliver-email": every("notifications.tasks.deliver_due", "email", seconds=1),
    "deliver-sms": every("notifications.tasks.deliver_due", "sms", seconds=1),
}

DEMO_OUTBOX, DEMO_BUTTONS = DATA_DIR / "outbox", DATA_DIR / "demo-buttons.json"
if DEMO:
    # Whatever the environment says: no e-mail and no SMS of invented people leaves this machine, both go into a folder.
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", DEMO_OUTBOX
    EMAIL_OFFERED = True
    NOTIFICATIONS_GATEWAY, SMS_URL, SMS_TOKEN = "caseflow.demo.outbox.Outbox", DEMO_OUTBOX.as_uri(), ""
    # Nobody hangs up the invented buttons, so a task says that they live. Before the first look at who fell silent.
    CELERY_BEAT_SCHEDULE["report-demo-buttons"] = every("caseflow.demo.tasks.report_buttons", seconds=20)
