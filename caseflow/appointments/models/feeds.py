from django.db import models

from caseflow.directory.models import Membership
from caseflow.records.models import Record


class CalendarFeed(Record):
    """The secret address under which a calendar program reads when somebody is busy in one role.

    Of the secret itself only a digest is kept. `asked` counts the requests since `asked_since`.
    """

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    asked = models.PositiveIntegerField(default=0)
    asked_since = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of {self.membership_id}"
