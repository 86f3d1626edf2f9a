"""The Django project and the domain, one room (a Django app) per concern."""

from caseflow.celery import app as celery_app

__all__ = ["celery_app"]
