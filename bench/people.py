"""People of a benchmark who have signed in."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.rules import ACTIVE_AT, SIGNED_IN_AT
from caseflow.accounts.session_store import SessionStore
from caseflow.directory.models import Membership
from caseflow.directory.selectors import ACTING

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an open page: the user and the session's cookie."""

    user_id: int
    cookie: str
    school_id: int | None = None


def make_people(memberships: list[Membership]) -> tuple[Person, ...]:
    """A user for each of the unsaved memberships, signed in and acting in it."""
    first = User.objects.count()
    users = User.objects.bulk_create(
        (User(username=f"bench{first + n}", password="!", language="ru") for n in range(len(memberships))),
        batch_size=AT_ONCE,
    )
    since = timezone.localdate() - timedelta(days=30)
    for membership, user in zip(memberships, users, strict=True):
        membership.user, membership.starts_on = user, since
    rights = Membership.objects.bulk_create(memberships, batch_size=AT_ONCE)
    cookies = _sign_in(users, rights)
    return tuple(
        Person(user.pk, cookie, right.school_id) for user, right, cookie in zip(users, rights, cookies, strict=True)
    )


def _sign_in(users: list[User], rights: list[Membership]) -> list[str]:
    """A stored session each, as a sign-in leaves it, of people who do not fall idle while the benchmark lasts."""
    store, now = SessionStore(), timezone.now()
    model = SessionStore.get_model_class()
    active = (now + timedelta(hours=3)).timestamp()
    rows = [
        model(
            session_key=secrets.token_hex(16),
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                    ACTING: right.pk,
                    SIGNED_IN_AT: now.timestamp(),
                    ACTIVE_AT: active,
                }
            ),
            expire_date=now + timedelta(hours=12),
        )
        for user, right in zip(users, rights, strict=True)
    ]
    model.objects.bulk_create(rows, batch_size=AT_ONCE)
    return [f"sessionid={row.session_key}" for row in rows]
