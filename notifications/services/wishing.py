"""What a person chooses: channels, quiet hours, browsers."""

from collections.abc import Mapping
from hashlib import sha256

from django.utils import timezone

from notifications.channels import vapid
from notifications.channels.push import is_endpoint
from notifications.models import Preferences, Subscription

FIELDS = frozenset({"email", "sms", "quiet_from", "quiet_to", "working_days_only", "urgent_always"})
BROWSERS = 5  # of one person; an older one makes room


def set_preferences(user_id: int, wishes: Mapping[str, object]) -> None:
    """Keep the person's choice. Raises ValueError for a field that is none."""
    if not FIELDS.issuperset(wishes):
        raise ValueError(sorted(wishes))
    Preferences.objects.update_or_create(user_id=user_id, defaults=dict(wishes))


def enter_browser(user_id: int, endpoint: str) -> None:
    """Push to this browser from now on. It is one person's: whoever enters it last. Raises ValueError for an address
    that is no push service's."""
    if not is_endpoint(endpoint):
        raise ValueError("endpoint")
    entered = {"user_id": user_id, "endpoint": endpoint, "key_id": vapid.key_id()}
    fresh = {"created_at": timezone.now(), "failures": 0, "last_success_at": None}
    Subscription.objects.update_or_create(digest=digest_of(endpoint), defaults=entered | fresh)
    kept = Subscription.objects.filter(user=user_id).order_by("-created_at", "-pk").values_list("pk", flat=True)
    Subscription.objects.filter(user=user_id).exclude(pk__in=list(kept[:BROWSERS])).delete()


def forget_browser(user_id: int, endpoint: str) -> int:
    """Push to this browser of the person's no more; returns 1, or 0 where it was not entered."""
    return Subscription.objects.filter(user=user_id, digest=digest_of(endpoint)).delete()[0]


def forget_browsers(user_id: int) -> int:
    """Push to none of the person's browsers any more; returns to how many it did."""
    return Subscription.objects.filter(user=user_id).delete()[0]


def digest_of(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()
