"""What keeps a child safe at home: whom the school may call, and the orders that bind somebody there.

Nothing of it may ever reach a guardian: no portal, export or alert of theirs reads these rows (rule 10).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.clocks.models import Clock
from caseflow.incidents.enums import OrderKind
from caseflow.incidents.models.incidents import Incident
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class SafeContact(Record):
    """Somebody whom the school may call without putting the child in danger. Ended, never deleted.

    `said_sealed` holds name, relation, phone and when to call, as JSON, sealed with the report's key.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="safe_contacts")
    said_sealed = models.BinaryField()
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="safe_contact_ended_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"safe contact of {self.incident_id}"


class ProtectiveOrder(Record):
    """An order of the police or a court that protects the child, first and last day included.

    `said_sealed` holds its number and who issued it, as JSON. An extension is a row of its own that `extends` the one
    before. `clock` tells those who decide that the last day comes; without one it was over when it was entered.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="protective_orders")
    kind = models.CharField(max_length=12, choices=OrderKind)
    said_sealed = models.BinaryField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    extends = models.OneToOneField("self", models.PROTECT, null=True, related_name="extension")
    clock = models.OneToOneField(Clock, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    lifted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("valid_from", "entered_at")
        constraints = (
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="order_runs_forward"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="order_lifted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} until {self.valid_until}"
