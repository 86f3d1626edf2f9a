from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.rules import Limits, Standing, standing


def nobody_yet() -> bool:
    """Whether the installation has no person who could sign in: then its set-up comes first."""
    return not User.objects.filter(is_active=True).exists()


def limits() -> Limits:
    return Limits(idle=settings.SESSION_IDLE, absolute=settings.SESSION_ABSOLUTE)


def open_sessions(signed_in: Mapping[str, tuple[int, Mapping[str, Any]]]) -> set[str]:
    """Those of the sessions (key → user id, content) that are neither locked nor over: they may have a socket."""
    now = timezone.now().timestamp()
    return {key for key, (_user, content) in signed_in.items() if standing(content, now, limits()) is Standing.OPEN}
