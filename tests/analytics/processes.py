"""The product's own processes, on the database, the broker and the keys of the tests."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def product_environment(**more: str) -> dict[str, str]:
    """What a process finds in its environment."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}" if connection.vendor == "sqlite" else _postgres_url(str(name))
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "caseflow.settings",
            "DATABASE_URL": url,
            "BROKER_URL": settings.CELERY_BROKER_URL,
            "VAULT_KEY": settings.VAULT_KEY,
            "LOG_LEVEL": "WARNING",
        }
        | more
    )


def _postgres_url(name: str) -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
