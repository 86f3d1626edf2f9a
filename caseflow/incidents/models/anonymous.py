"""What is kept of reports without a name. No address of a device, no kind of it, no time but to the quarter hour."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL
DIGEST = 64  # hexadecimal SHA-256


class SchoolLink(Record):
    """The public address of a school's report form, as it hangs on its posters. A new one ends the one before."""

    school = models.ForeignKey(School, models.PROTECT, related_name="report_links")
    token = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(fields=["school"], condition=Q(ended_at=None), name="one_report_link_per_school"),
        )

    def __str__(self) -> str:
        return f"{self.school_id} since {self.made_at:%Y-%m-%d}"


class AnonymousChannel(Record):
    """Between somebody without a name and those who read the report: found by the return code alone.

    The code itself is nowhere: `code_digest` is a keyed hash of it. `form_digest` and `content_digest` are of the form
    that was sent, so that a form sent twice over a weak network is one report. `language` is the one the form was in.
    `danger`: "I am in danger now" was pressed. `over_limit`: taken although more came than the address takes.
    """

    link = models.ForeignKey(SchoolLink, models.PROTECT, related_name="channels")
    code_digest = models.CharField(max_length=DIGEST, unique=True)
    form_digest = models.CharField(max_length=DIGEST, unique=True)
    content_digest = models.CharField(max_length=DIGEST)
    language = models.CharField(max_length=2)
    danger = models.BooleanField(default=False)
    proven = models.BooleanField(default=False, help_text="the sender's device did the work that was asked for")
    over_limit = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"channel {self.pk}"


class ChannelMessage(Record):
    """One message after the report, sealed with the report's key. Without `by` it is the reporter's."""

    channel = models.ForeignKey(AnonymousChannel, models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    by_role = models.CharField(max_length=20, choices=Role, blank=True)
    text_sealed = models.BinaryField(default=bytes)
    form_digest = models.CharField(max_length=DIGEST, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["channel", "number"], name="one_message_per_number"),
            models.CheckConstraint(
                condition=Q(by=None, by_role="") | (Q(by__isnull=False) & ~Q(by_role="")), name="message_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel_id} {self.number}"


class Picture(Record):
    """A picture that the reporter sent, with the report or with a message, drawn anew and sealed with its key."""

    channel = models.ForeignKey(AnonymousChannel, models.CASCADE, related_name="pictures")
    message = models.ForeignKey(ChannelMessage, models.CASCADE, null=True, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=32)
    media_type = models.CharField(max_length=40)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.channel_id} picture {self.number}"


class Quota(models.Model):
    """How much one place (an address, a channel) has taken in a quarter hour. It knows of no device."""

    place = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["place", "starts_at"], name="one_quota_per_quarter"),)

    def __str__(self) -> str:
        return f"{self.place} {self.taken}"
