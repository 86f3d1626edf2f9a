import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from pytest_django import DjangoDbBlocker

from caseflow import urls
from caseflow.accounts.services import sessions
from tests.access.asking import Browsers, undone
from tests.access.world import make_world


@pytest.fixture(scope="module")
def browsers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Browsers]:
    """A world of its own for the module, with everybody signed in; nothing of it is ever committed."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), undone():
        # The end of a socket or of a request over WSGI would close the connection that holds the world.
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda _connection: None)
        # Requests would each note their time: the sessions are from the beginning, and what is noted is taken back.
        patch.setattr(sessions, "NOTED_EVERY_S", float("inf"))
        # Other tests compare each kept question with Django's; here that would be a third of what a refusal costs.
        patch.setattr(settings, "PREPARED_VERIFIED", False)
        # Thousands of refusals: their pages have tests of their own, their log lines say nothing here.
        patch.setattr(urls, "handler403", _refused, raising=False)
        patch.setattr(urls, "handler404", _not_found, raising=False)
        patch.setattr(logging.getLogger("django.request"), "disabled", True)
        yield Browsers(make_world())


def _refused(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseForbidden(str(exception))


def _not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseNotFound(str(exception))
