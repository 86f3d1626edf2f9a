from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from caseflow.directory.models import Region
from caseflow.postvention.enums import Audience, Language, TemplateState
from caseflow.postvention.models.events import LossEvent
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL
APPROVER = Q(approved_by__isnull=False) | Q(region=None)  # what is shipped was approved by nobody here


class MessageTemplate(Record):
    """What is written to whom after a death, in three languages. One without a region is shipped as approved, the
    product's own text, so that a school has it in the first hour; a region may put its own version in its place, which
    somebody approves and which is then not changed any more."""

    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="loss_templates")
    audience = models.CharField(max_length=12, choices=Audience)
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField()
    source = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=TemplateState, default=TemplateState.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    approval_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("audience", "region", "-number")
        constraints = (
            models.UniqueConstraint(fields=["region", "audience", "number"], name="one_loss_template_per_number"),
            models.UniqueConstraint(
                fields=["region", "audience"],
                condition=Q(state=TemplateState.APPROVED),
                name="one_approved_loss_template",
            ),
            models.UniqueConstraint(
                fields=["region", "audience"], condition=Q(state=TemplateState.DRAFT), name="one_draft_loss_template"
            ),
            models.CheckConstraint(
                condition=Q(state=TemplateState.DRAFT, approved_at=None, approved_by=None)
                | (~Q(state=TemplateState.DRAFT) & Q(approved_at__isnull=False) & APPROVER),
                name="approved_loss_template_has_its_approver",
            ),
        )

    def __str__(self) -> str:
        return f"{self.audience} {self.number}"


class LossMessage(Record):
    """A message of one event in one language, in its writers' words; `ready_*`: somebody has read and approved it.

    `ready_reason` is why it stays as it is although the wording check warns; sealed like the text.
    """

    event = models.ForeignKey(LossEvent, models.CASCADE, related_name="messages")
    template = models.ForeignKey(MessageTemplate, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=Language)
    text_sealed = models.BinaryField(default=bytes)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    ready_at = models.DateTimeField(null=True)
    ready_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ready_reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("template__audience", "language")
        constraints = (
            models.UniqueConstraint(fields=["event", "template", "language"], name="one_loss_message_per_language"),
            models.CheckConstraint(
                condition=Q(ready_at=None, ready_by=None) | Q(ready_at__isnull=False, ready_by__isnull=False),
                name="ready_loss_message_has_its_reader",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.template_id} {self.language}"

    @cached_property
    def seen(self) -> str:
        """What whoever saves names: the moment of the version they have read."""
        return self.saved_at.isoformat()
