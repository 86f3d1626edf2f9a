from django.conf import settings
from django.db import models

from notifications.enums import AlertKind


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
