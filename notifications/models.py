from django.conf import settings
from django.db import models

from notifications.enums import AlertKind, Channel, DeliveryState, Urgency


class Alert(models.Model):
    """One thing one person is to be told, kept until it is old; sockets and pages only show it.

    `position` is the order of commits: it is given once the row is committed (`services.place`), and readers see only
    rows that have one. `params` holds short labels and codes, never a pupil's name: the page behind `url` shows what
    its reader may see.
    """

    position = models.BigIntegerField(null=True, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alerts", db_index=False)
    membership_id = models.BigIntegerField(null=True, help_text="the right by which it was sent; empty: the person")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in AlertKind])
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, help_text="local path of the page it leads to")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("recipient", "position"), name="alert_reader"),
            models.Index(fields=("id",), condition=models.Q(position=None), name="alert_unplaced"),
            models.Index(fields=("recipient",), condition=models.Q(seen_at=None), name="alert_unseen"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} at {self.position}"


class LastPosition(models.Model):
    """The last position given out, in one row. Whoever gives out positions holds its lock, so they do it in turn."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class Preferences(models.Model):
    """By what else than the pages a person wants to be told, and when not. Who wants push has entered a browser."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    email = models.BooleanField(default=False)
    sms = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True, help_text="before quiet_from: on the next day")
    working_days_only = models.BooleanField(default=False)
    urgent_always = models.BooleanField(default=False, help_text="urgent alerts break the quiet hours")

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"


class Subscription(models.Model):
    """One browser that shows pushes to one person.

    A push has no content, so the browser's own keys (RFC 8291) are not kept, and neither is what browser it is.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, help_text="address at the push service, a secret of this browser")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the endpoint")
    key_id = models.CharField(max_length=16, help_text="of the VAPID key it was made for")
    created_at = models.DateTimeField()
    last_success_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="since the last success")

    def __str__(self) -> str:
        return f"browser {self.pk} of {self.user_id}"


class Delivery(models.Model):
    """One alert by one channel: the order to send it, and afterwards the proof of what came of it.

    `worker` is the token of the last claim, each with its own, so that a result is taken from its claimant alone.
    """

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=5, choices=[(channel.value, channel.value) for channel in Channel])
    urgency = models.PositiveSmallIntegerField(default=Urgency.NORMAL)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in DeliveryState], default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=32, blank=True)
    trouble = models.CharField(max_length=12, blank=True, help_text="a code of ours, never a provider's words")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("alert", "channel"), name="delivery_once"),)
        indexes = (
            models.Index(
                fields=("channel", "next_try_at"),
                condition=models.Q(state__in=(DeliveryState.QUEUED, DeliveryState.FAILED)),
                name="delivery_waiting",
            ),
            models.Index(
                fields=("lease_until",), condition=models.Q(lease_until__isnull=False), name="delivery_leased"
            ),
            models.Index(fields=("created_at",), name="delivery_made"),
        )

    def __str__(self) -> str:
        return f"alert {self.alert_id} by {self.channel}: {self.state}"
