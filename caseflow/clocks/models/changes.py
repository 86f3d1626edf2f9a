from django.conf import settings
from django.db import models

from caseflow.clocks.enums import ChangeKind
from caseflow.clocks.models.deadlines import Clock
from caseflow.directory.enums import Role
from caseflow.records.append_only import AppendOnly


class ClockChange(AppendOnly):
    """Proof that a running clock was paused, runs again or was extended: who, when, from which times to which.

    `reason` is sealed with the key of what the clock is for. A pause that ends by itself has nobody in `by`.
    `amount` is the length of an extension, in the unit of the clock's term.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    reason_sealed = models.BinaryField(default=bytes)
    amount = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(null=True)
    warn_before = models.DateTimeField()
    due_before = models.DateTimeField()
    warn_after = models.DateTimeField()
    due_after = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind=ChangeKind.RESUMED)
                | (models.Q(by__isnull=False) & ~models.Q(reason_sealed=b"")),
                name="clock_changed_by_somebody_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"
