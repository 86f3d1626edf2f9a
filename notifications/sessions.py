"""Which sign-ins still stand. Channels looks at a session once, when the socket opens; we go on looking."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

Content = Mapping[str, Any]


def open_sessions(claims: Mapping[str, int]) -> dict[str, int]:
    """Those of the session keys that still sign in the claimed user (key → user id), with the right each acts by.

    The session is stored and unexpired, of an active user, with the password it began with, and each rule in the
    setting NOTIFICATIONS_SESSIONS lets it stand (locked, idle): dotted callables `({key: (user id, content)}) -> set of
    keys`. NOTIFICATIONS_RIGHTS names one that tells by which right each acts now; who has none is left out.
    2 queries for any number of sessions, and what the rules ask.
    """
    contents = {key: content for key, content in _stored(claims).items() if _claimed(content) == str(claims[key])}
    users = get_user_model().objects.filter(is_active=True).in_bulk({claims[key] for key in contents})
    signed_in = {key: (claims[key], content) for key, content in contents.items() if _vouched(users, content)}
    for rule in settings.NOTIFICATIONS_SESSIONS:
        still = import_string(rule)(signed_in)
        signed_in = {key: claim for key, claim in signed_in.items() if key in still}
    rights: dict[str, int] = import_string(settings.NOTIFICATIONS_RIGHTS)(signed_in)
    return rights


def _stored(claims: Mapping[str, int]) -> dict[str, Content]:
    model = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    rows = model.objects.filter(session_key__in=list(claims), expire_date__gt=timezone.now())
    return {key: _decoded(model, data) for key, data in rows.values_list("session_key", "session_data")}


@lru_cache(maxsize=8192)
def _decoded(model: type[AbstractBaseSession], data: str) -> Content:
    # A session that did not change since the last look, a second ago, needs no second look at its signature.
    return MappingProxyType(model(session_data=data).get_decoded())


def _claimed(content: Content) -> str | None:
    return content.get(SESSION_KEY)


def _vouched(users: Mapping[Any, AbstractBaseUser], content: Content) -> bool:
    user = users.get(int(content[SESSION_KEY]))
    if user is None or content.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    return constant_time_compare(content.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
