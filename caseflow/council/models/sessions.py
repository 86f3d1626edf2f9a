from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.council.enums import Presence, SessionKind, SessionState
from caseflow.council.limits import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE
from caseflow.council.models.councils import Council, Member
from caseflow.directory.models import Agency
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Session(Record):
    """A session of a council, `number` in its year.

    Once closed it does not change: `digest` is the SHA-256 (hex) of `selectors.minutes.content_of`.
    """

    council = models.ForeignKey(Council, models.PROTECT, related_name="sessions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=SessionKind, default=SessionKind.ORDINARY)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=LONGEST_NAME)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    called_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=LONGEST_TITLE, blank=True, help_text="why it was called off")
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-starts_at",)
        constraints = (
            models.UniqueConstraint(fields=["council", "year", "number"], name="one_session_per_number"),
            models.CheckConstraint(
                condition=Q(state=SessionState.CLOSED, closed_at__isnull=False, closed_by__isnull=False) & ~Q(digest="")
                | ~Q(state=SessionState.CLOSED) & Q(closed_at=None, closed_by=None, digest=""),
                name="closed_session_has_its_digest",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class AgendaItem(Record):
    """A point of an agenda, in the order of `place`; `heard` is what the minutes say of it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+", help_text="who reports")
    speaker = models.CharField(max_length=LONGEST_NAME, blank=True)
    heard = models.TextField(max_length=LONGEST_TEXT, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=["session", "place"], name="one_item_per_place"),)

    def __str__(self) -> str:
        return f"{self.place}. {self.title}"


class Attendance(models.Model):
    """Whether a member was at a session; `substitute` is who came instead."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=12, choices=Presence)
    substitute = models.CharField(max_length=LONGEST_NAME, blank=True)

    class Meta:
        ordering = ("member",)
        constraints = (models.UniqueConstraint(fields=["session", "member"], name="one_presence_per_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.presence}"
