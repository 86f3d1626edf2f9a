"""Signing in and out, locking and unlocking. The session itself holds its times; `rules` says what they mean."""

from typing import TYPE_CHECKING, cast

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.rules import ACTIVE_AT, LOCKED, SIGNED_IN_AT, WATCHES, Standing, counts_for, standing
from caseflow.accounts.selectors import limits
from caseflow.accounts.services.throttle import give_back, take_try
from caseflow.audit.services import record, record_denied

if TYPE_CHECKING:
    from caseflow.accounts.session_store import SessionStore

NOTED_EVERY_S = 60  # activity is written at most once a minute: a session row is not worth a write per click


def sign_in(request: HttpRequest, username: str, password: str) -> User | None:
    """Open a session for the person, or None for a wrong name or password. Raises TooManyTriesError."""
    user = _checked(request, username, password)
    if user is None:
        return None
    login(request, user)
    _begin(request)
    record(action="signed_in", actor_id=user.pk, role="", obj=f"accounts.User:{user.pk}")
    return user


def sign_out(request: HttpRequest) -> None:
    """End the session; a visitor's call changes nothing."""
    if request.user.is_authenticated:
        record(action="signed_out", actor_id=request.user.pk, role="", obj=f"accounts.User:{request.user.pk}")
    logout(request)


def lock(request: HttpRequest) -> None:
    """Close the details until the password is typed again."""
    request.session[LOCKED] = True


def unlock(request: HttpRequest, password: str) -> bool:
    """Open a locked session to its own person; False for a wrong password. Raises TooManyTriesError."""
    if not request.user.is_authenticated or _checked(request, request.user.username, password) != request.user:
        return False
    cast("SessionStore", request.session).unlock()  # the setting SESSION_ENGINE names no other
    request.session[ACTIVE_AT] = _now()
    return True


def keep_watch(request: HttpRequest) -> None:
    """This session is a console's: its socket stays while it is locked (rule 23)."""
    if not request.session.get(WATCHES):
        request.session[WATCHES] = True


def end_watch(request: HttpRequest) -> None:
    """The session is a console's no more."""
    request.session.pop(WATCHES, None)


def is_locked(request: HttpRequest) -> bool:
    """Whether the details are closed until the password is typed again."""
    return bool(request.session.get(LOCKED))


def look_after(request: HttpRequest, *, active: bool) -> Standing:
    """Note that somebody is active, lock an idle session, end one that lasted too long; say how it stands now."""
    state = standing(request.session, _now(), limits())
    if state is Standing.OVER:
        sign_out(request)
    elif state is Standing.LOCKED:
        if not request.session.get(LOCKED):
            lock(request)
    elif active or SIGNED_IN_AT not in request.session:
        _note_activity(request)
    return state


def change_password(request: HttpRequest, user: User, password: str) -> None:
    """Give the person a new password: this session goes on, all others of theirs end."""
    user.set_password(password)
    user.must_change_password = False
    with transaction.atomic():
        user.save(update_fields=["password", "must_change_password"])
        record(action="password_changed", actor_id=user.pk, role="", obj=f"accounts.User:{user.pk}")
    update_session_auth_hash(request, user)


def _checked(request: HttpRequest, username: str, password: str) -> User | None:
    counts = counts_for(username, request.META.get("REMOTE_ADDR", ""))
    take_try(counts)
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        give_back(counts)
        return user
    _record_wrong(username)
    return None


def _record_wrong(username: str) -> None:
    # A name nobody has may be a password typed into the wrong field, so only known people are written down.
    known = User.objects.filter(username=username).first()
    if known:
        record_denied(actor_id=None, role="", obj=f"accounts.User:{known.pk}", detail={"what": "wrong password"})


def _begin(request: HttpRequest) -> None:
    request.session[SIGNED_IN_AT] = request.session[ACTIVE_AT] = _now()


def _note_activity(request: HttpRequest) -> None:
    session, now = request.session, _now()
    session.setdefault(SIGNED_IN_AT, now)
    if now - session.get(ACTIVE_AT, 0) >= NOTED_EVERY_S:
        session[ACTIVE_AT] = now


def _now() -> float:
    return timezone.now().timestamp()
