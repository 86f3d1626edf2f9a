"""The benchmark's world, with one operator who is told by push as well."""

from hashlib import sha256

from django.utils import timezone

from bench import world
from notifications.channels import vapid
from notifications.models import Subscription


def make_world(*, phones: int, others: int, endpoint: str) -> world.World:
    """Fill an empty database; the first operator's browser is at `endpoint`."""
    made = world.make_world(phones=phones, others=others)
    Subscription.objects.create(
        user_id=made.operators[0].user_id,
        endpoint=endpoint,
        digest=sha256(endpoint.encode()).hexdigest(),
        key_id=vapid.key_id(),
        created_at=timezone.now(),
    )
    return made
