"""Applications, database, languages, files."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from caseflow.settings.environment import BASE_DIR, DATA_DIR, env, key_from

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = key_from("django.key", "SECRET_KEY")
VAULT_KEY = key_from("vault.key", "VAULT_KEY")
AUDIT_KEY = key_from("audit.key", "AUDIT_KEY")
JURISDICTION = env.str("JURISDICTION", default="KZ")  # "EU": article 5(1)(f) forbids mood analysis in education
# The only addresses that are called as cameras; what a camera answers never leads elsewhere.
CAMERA_NETWORKS = env.str("CAMERA_NETWORKS", default="10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fd00::/8")
RECORDINGS = env.str("RECORDINGS", default="")  # a folder with one for each recorder; empty: none is looked into
CAMERAS_WATCHED = env.int("CAMERAS_WATCHED", default=16)  # at most, by the processes that run here
CAMERA_SCHOOLS = env.list("CAMERA_SCHOOLS", cast=int, default=[])  # whose cameras can be reached from here; empty: all
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "caseflow.storage.StaticFiles",
    "django_htmx",
    "channels",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "notifications",
    "caseflow.audit",
    "caseflow.records",
    "caseflow.documents",
    "caseflow.accounts",
    "caseflow.directory",
    "caseflow.undo",
    "caseflow.keys",
    "caseflow.drafts",
    "caseflow.clocks",
    "caseflow.consent",
    "caseflow.cases",
    "caseflow.protocols",
    "caseflow.schoolyear",
    "caseflow.postvention",
    "caseflow.appointments",
    "caseflow.instruments",
    "caseflow.plans",
    "caseflow.referrals",
    "caseflow.attachments",
    "caseflow.triage",
    "caseflow.incidents",
    "caseflow.relations",
    "caseflow.alarms",
    "caseflow.council",
    "caseflow.indicators",
    "caseflow.releases",
    "caseflow.signing",
    "caseflow.legalrequests",
    "caseflow.coordination",
    "caseflow.duties",
    "caseflow.explorer",
    "caseflow.journals",
    "caseflow.portal",
    "caseflow.dossier",
    "caseflow.supervision",
    "analytics",
    "caseflow.demo",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'tirek.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE two readers that turn into writers fail with "database is locked" instead of waiting.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 3600  # at most; see `threads`
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that has vanished from the network is given up within seconds, not the quarter of an hour of TCP.
    gone = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2}
    # One plan for each prepared statement from the first asking on, not five that are thrown away.
    # A page read out of turn costs hardly more than the next one. PostgreSQL's own 4 stands for a disk that turns, and
    # has it read whole tables where an index would do.
    planned = {"options": "-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"}
    own = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {**gone, "tcp_user_timeout": 15_000, **planned, **own}
PREPARED_PLANS = env.bool("PREPARED_PLANS", default=True)  # off where a pooler cannot keep prepared statements apart
DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DB_NAME", default=None)}

ROOT_URLCONF = "caseflow.urls"
ASGI_APPLICATION = "caseflow.asgi.application"

TEMPLATE_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",  # Django's form widgets, the API's documentation page
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "caseflow.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "caseflow.directory.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "caseflow.directory.forms.drawing.DrawnForms"
INSTALLED_APPS.append("django.forms")

# Where a ClamAV daemon answers, "unix:/run/clamav/clamd.ctl" or "tcp://host:3310"; empty: files are looked through
# without one. Where it is set and does not answer, no file is taken.
CLAMD = env.str("CLAMD", default="")

LANGUAGE_CODE = "ru"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "caseflow.settings.formats"
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Almaty")
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "build" / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "caseflow.storage.StaticStorage"},
}
# Certificates (PEM or DER) to which a signature with the own key has to lead; empty: none is accepted.
SIGNATURE_ROOTS = env.str("SIGNATURE_ROOTS", default=str(DATA_DIR / "signature-roots"))
MEDIA_ROOT = DATA_DIR / "files"  # never served by URL: every download goes through a scoped view
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"nameless": {"()": "caseflow.nameless.NamelessLog"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["nameless"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
