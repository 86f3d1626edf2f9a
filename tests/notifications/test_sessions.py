from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from notifications.sessions import open_sessions
from tests.directory.factories import UserFactory
from tests.notifications.factories import right_of, signed_in

pytestmark = pytest.mark.django_db


def claim(number: int = 1) -> dict[str, int]:
    """Session key → user id of people who have signed in."""
    users = UserFactory.create_batch(number)
    for user in users:
        right_of(user)
    return {str(signed_in(user).session.session_key): user.pk for user in users}


def test_sessions_stand_for_the_people_who_signed_in() -> None:
    claims = claim(3)
    assert set(open_sessions(claims)) == set(claims)


def test_a_session_does_not_stand_for_somebody_else_or_by_a_made_up_key() -> None:
    (key,) = claim()
    assert open_sessions({key: UserFactory.create().pk, "made-up": 1}) == {}


def test_a_session_of_a_removed_backend_is_over(settings: LazySettings) -> None:
    claims = claim()
    settings.AUTHENTICATION_BACKENDS = [name for name in settings.AUTHENTICATION_BACKENDS if "Model" not in name]
    assert open_sessions(claims) == {}


def only_even(sessions: Mapping[str, tuple[int, Mapping[str, Any]]]) -> set[str]:
    return {key for key, (user_id, _) in sessions.items() if user_id % 2 == 0}


def only_third(sessions: Mapping[str, tuple[int, Mapping[str, Any]]]) -> set[str]:
    return {key for key, (user_id, _) in sessions.items() if user_id % 3 == 0}


def test_every_rule_must_let_a_session_stand(settings: LazySettings) -> None:
    claims = claim(12)
    settings.NOTIFICATIONS_SESSIONS = (f"{__name__}.only_even", f"{__name__}.only_third")
    assert set(open_sessions(claims)) == {key for key, user_id in claims.items() if user_id % 6 == 0} != set()


@pytest.mark.parametrize("number", [1, 30])
def test_many_sessions_cost_as_much_as_one(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    claims = claim(number)
    with django_assert_num_queries(3):  # sessions, users, and the rights that this installation asks for
        assert set(open_sessions(claims)) == set(claims)
