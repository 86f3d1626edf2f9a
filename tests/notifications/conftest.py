import asyncio
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import Client

from caseflow.accounts.models import User
from caseflow.directory.models import Membership
from tests.directory.factories import UserFactory
from tests.notifications.factories import right_of, signed_in


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
