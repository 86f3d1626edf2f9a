"""What every clip is that this product keeps (rule 12): two sealed files, an end, and a log of who looked at it."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from analytics.enums import ClipAct, ClipState
from caseflow.directory.enums import Role
from caseflow.records.models import DataKey, Record


class SealedClip(Record):
    """A clip. `covered_file` has what moves pixelated, `sharp_file` has not; both are sealed with `key`.

    The row stays when the clip has ended: it proves that there was one. Then its files are gone, and the key that
    opened them is too.
    """

    key = models.ForeignKey(DataKey, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ClipState, default=ClipState.WAITING)
    covered_file = models.CharField(max_length=32, blank=True)
    sharp_file = models.CharField(max_length=32, blank=True)
    covered_share = models.FloatField(default=0)
    duration_s = models.FloatField(default=0)
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def audit_name(self) -> str:
        """How the access log names it."""
        raise NotImplementedError

    @property
    def audit_detail(self) -> dict[str, object]:
        """What the access log says of it besides."""
        raise NotImplementedError

    @property
    def log_key(self) -> DataKey:
        """The key of the reasons in its log, which outlive the files."""
        raise NotImplementedError

    @property
    def pupil_id(self) -> UUID | None:
        """The pupil whom the access log names with it."""
        raise NotImplementedError

    def new_entry(self) -> "ClipLogEntry":
        """An unsaved line of its log."""
        raise NotImplementedError


class ClipLogEntry(Record):
    """A line of the viewer log of a clip: who did what with it, and why, sealed with the clip's `log_key`."""

    act = models.CharField(max_length=10, choices=ClipAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_role = models.CharField(max_length=20, choices=Role, blank=True)
    at = models.DateTimeField()
    reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        abstract = True
        ordering = ("-at",)


def files_while_ready(name: str) -> models.CheckConstraint:
    """A clip has its files as long as it is ready."""
    return models.CheckConstraint(
        condition=(Q(state=ClipState.READY) & ~Q(covered_file="") & ~Q(sharp_file=""))
        | (~Q(state=ClipState.READY) & Q(covered_file="", sharp_file="")),
        name=name,
    )


def no_key_once_ended(name: str) -> models.CheckConstraint:
    """A clip that has ended has its time and no key."""
    return models.CheckConstraint(
        condition=Q(state=ClipState.ENDED, ended_at__isnull=False, key=None)
        | (~Q(state=ClipState.ENDED) & Q(ended_at=None, key__isnull=False)),
        name=name,
    )
