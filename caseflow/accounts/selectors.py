from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from caseflow.accounts.models import Phone, User
from caseflow.accounts.rules import WATCHES, Limits, Standing, standing
from caseflow.records.vault import unseal, where


def nobody_yet() -> bool:
    """Whether the installation has no person who could sign in: then its set-up comes first."""
    return not User.objects.filter(is_active=True).exists()


def limits() -> Limits:
    return Limits(idle=settings.SESSION_IDLE, absolute=settings.SESSION_ABSOLUTE)


def open_sessions(signed_in: Mapping[str, tuple[int, Mapping[str, Any]]]) -> set[str]:
    """Those of the sessions (key → user id, content) that may have a socket: neither over nor locked. A console's
    watches while it is locked."""
    now = timezone.now().timestamp()
    return {key for key, (_user, content) in signed_in.items() if _hears(content, now)}


def _hears(content: Mapping[str, Any], now: float) -> bool:
    state = standing(content, now, limits())
    return state is Standing.OPEN or (state is Standing.LOCKED and bool(content.get(WATCHES)))


def address_of(user_id: int, channel: str) -> str | None:
    """Where the person has asked to be reached by "email" or "sms"; None for nowhere, and for who is gone."""
    if channel == "sms":
        return phone_of(user_id) or None
    if channel == "email":
        return User.objects.filter(pk=user_id, is_active=True).values_list("email", flat=True).first() or None
    return None


def phone_of(user_id: int) -> str:
    """The person's own number for SMS, "" for none."""
    row = Phone.objects.select_related("data_key").filter(pk=user_id, user__is_active=True).first()
    return unseal(row.data_key, row.number_sealed, where("accounts.Phone", user_id, "number")) if row else ""
