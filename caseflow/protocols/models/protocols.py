from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from caseflow.clocks.enums import Basis, Unit
from caseflow.directory.models import Region
from caseflow.protocols.enums import Doer, Evidence, Missed, Part, Setting, VersionState
from caseflow.records.models import Record

HIGH_RISK = "high_risk"
AFTER_LOSS = "after_loss"  # begins with an event of loss, in no case
Names = dict[str, str]


def in_language(names: Names) -> str:
    """The name in the active language; a protocol always has all three."""
    return names.get((get_language() or "ru")[:2]) or names["ru"]


class Protocol(Record):
    """What is done in a kind of situation. One without a region is shipped; a region's own stands before it."""

    code = models.SlugField(max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="protocols")

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=["code", "region"], name="one_protocol_per_region"),
            models.UniqueConstraint(fields=["code"], condition=Q(region=None), name="one_shipped_protocol"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def setting(self) -> Setting:
        """Where it works: in a case, but for the flow of high risk and what is done after a loss."""
        return {HIGH_RISK: Setting.HIGH_RISK, AFTER_LOSS: Setting.AFTER_LOSS}.get(self.code, Setting.CASE)


class ProtocolVersion(Record):
    """A protocol as it was in force from a moment on. Flows keep the version they began with; it never changes then.

    Another version replaces it, or it is withdrawn, with the reason.
    `made_by` wrote what it says now, a draft as it was saved last.
    """

    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    title = models.JSONField()
    source = models.CharField(max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["protocol", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["protocol"], condition=Q(state=VersionState.IN_FORCE), name="one_version_in_force"
            ),
            models.UniqueConstraint(fields=["protocol"], condition=Q(state=VersionState.DRAFT), name="one_draft"),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, in_force_from=None)
                | Q(~Q(state=VersionState.DRAFT), in_force_from__isnull=False),
                name="version_in_force_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state=VersionState.WITHDRAWN), withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | Q(
                    ~Q(withdrawn_why=""),
                    state=VersionState.WITHDRAWN,
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                ),
                name="withdrawn_version_says_who_when_and_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.protocol_id} {self.number}"

    @property
    def name(self) -> str:
        return in_language(self.title)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it is in force and a region's own: what is shipped, as the flow of high risk, always holds below."""
        return self.state == VersionState.IN_FORCE and self.protocol.region_id is not None


class ProtocolStep(Record):
    """One step: who does it, until when, what proves it, and who is told when it is missed.

    The term counts from the beginning of the flow: `amount` `unit` in wall, working or school time.
    """

    version = models.ForeignKey(ProtocolVersion, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    title = models.JSONField()
    hint = models.JSONField(default=dict)
    doer = models.CharField(max_length=10, choices=Doer, default=Doer.LEADER)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=8, choices=Unit)
    basis = models.CharField(max_length=8, choices=Basis)
    evidence = models.CharField(max_length=12, choices=Evidence, default=Evidence.WORDS)
    part = models.CharField(max_length=16, choices=Part, blank=True)
    missed = models.CharField(max_length=24, choices=Missed, default=Missed.CLIMB)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["version", "code"], name="one_step_per_code"),
            models.UniqueConstraint(fields=["version", "position"], name="one_step_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.position} {self.code}"

    @property
    def name(self) -> str:
        return in_language(self.title)

    @property
    def asks_for_referral(self) -> bool:
        return self.evidence == Evidence.REFERRAL or self.part == Part.REFERRAL

    @property
    def help(self) -> str:
        return in_language(self.hint) if self.hint else ""
