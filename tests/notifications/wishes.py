"""People who want to be told elsewhere than on the pages."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.services.reaching import set_reach
from notifications.channels import vapid
from notifications.enums import Channel
from notifications.models import Alert, Delivery, Preferences, Subscription
from notifications.services.planning import plan
from notifications.services.wishing import digest_of
from tests.directory.factories import UserFactory


def wishing(**wishes: Any) -> User:
    """A person with an address for everything and these preferences."""
    user: User = UserFactory.create()
    set_reach(user, email=f"{user.pk}@people.example", phone="+77010000001")
    Preferences.objects.create(user=user, **wishes)
    return user


def browser_of(user: User, endpoint: str) -> Subscription:
    """A browser of the person's that is entered at `endpoint`."""
    return Subscription.objects.create(
        user=user,
        endpoint=endpoint,
        digest=digest_of(endpoint),
        key_id=vapid.key_id(),
        created_at=timezone.now(),
    )


def owed(user: User, kind: str = "case_assigned", **params: Any) -> list[Delivery]:
    """The deliveries of a fresh alert of this kind, also one that no room sends yet."""
    row = Alert.objects.create(recipient=user, kind=kind, params=params, url="/cases/", created_at=timezone.now())
    plan([row])
    return list(row.deliveries.order_by("pk"))


def waiting(channel: Channel, user: User | None = None) -> Delivery:
    """A delivery by this channel that is due now."""
    now = timezone.now()
    row = Alert.objects.create(
        recipient=user or UserFactory.create(), kind="case_assigned", url="/cases/", created_at=now
    )
    return Delivery.objects.create(alert=row, channel=channel, created_at=now, next_try_at=now - timedelta(seconds=1))


def states(alert_id: int) -> dict[str, str]:
    """How the deliveries of an alert stand, by channel."""
    return dict(Delivery.objects.filter(alert=alert_id).values_list("channel", "state"))
