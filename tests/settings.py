"""Settings under test: a data folder of its own, cheap passwords, static files read where they lie."""

import atexit
import os
import shutil
import tempfile

# Before caseflow.settings is imported: it reads the environment, and processes started by a test inherit it.
os.environ["TIREK_DATA"] = tempfile.mkdtemp(prefix="tirek-tests-")
os.environ.pop("DEMO", None)
atexit.register(shutil.rmtree, os.environ["TIREK_DATA"], ignore_errors=True)

from caseflow.settings import *  # noqa: E402, F403  see above; a settings module is its names
from caseflow.settings.base import DATABASES, STORAGES  # noqa: E402  as above
from caseflow.settings.environment import DATA_DIR, env  # noqa: E402  as above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, since one in memory is not shared between processes and locks whole tables between threads.
    _database["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    _name = env.str("TEST_DB_NAME", default=f"test_{_database['NAME']}")
    _database["TEST"] = {"NAME": _name + env.str("TEST_DB_SUFFIX", default="")}
    # What a test commits need not outlive the machine.
    _database["OPTIONS"]["options"] += " -c synchronous_commit=off"

PREPARED_VERIFIED = True  # each kept question is compared with what Django would write
