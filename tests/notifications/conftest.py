import asyncio
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.db import connections
from django.test import Client

from caseflow.accounts.models import User
from caseflow.directory.models import Membership
from tests.directory.factories import UserFactory
from tests.notifications.factories import right_of, signed_in
from tests.notifications.services_outside import HttpService, http_service


@pytest.fixture(autouse=True)
def no_connection_left() -> Iterator[None]:
    """The thread that served a test's coroutines keeps a connection, which PostgreSQL would count as a user."""
    yield
    asyncio.run(sync_to_async(connections.close_all)())


@pytest.fixture
def reader(transactional_db: None) -> User:
    return UserFactory.create()


@pytest.fixture
def right(reader: User) -> Membership:
    return right_of(reader)


@pytest.fixture
def browser(reader: User, right: Membership) -> Client:
    return signed_in(reader)


@pytest.fixture
def outside(settings: LazySettings) -> Iterator[HttpService]:
    """Push services and an SMS gateway on this machine."""
    settings.PUSH_LOOPBACK, settings.EMAIL_OFFERED, settings.SITE_URL = True, True, "https://tirek.example"
    with http_service() as service:
        settings.SMS_URL = service.url("/sms")
        yield service


@pytest.fixture
def everything_offered(settings: LazySettings) -> None:
    """Every channel that can be set up is."""
    settings.EMAIL_OFFERED, settings.SMS_URL = True, "http://127.0.0.1/"
