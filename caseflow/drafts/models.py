from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Pupil
from caseflow.records.models import DataKey, Record


class Draft(Record):
    """What `author` has written so far into the form that `key` names, "note-<uuid of the case>".

    The fields are sealed, as JSON, with the key of what is written about, so whatever destroys that key destroys the
    draft too. Each save has a `revision` of its own, which a device has to know to replace it. An `undecided` one is
    another version, written where the draft was not known; it stays until its author decides. What was discarded stays
    for the seconds in which that can be undone.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="+")
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    fields_sealed = models.BinaryField()
    revision = models.UUIDField()
    updated_at = models.DateTimeField()
    undecided = models.BooleanField(default=False)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-updated_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["author", "key"],
                condition=Q(discarded_at=None, undecided=False),
                name="one_draft_per_form_in_use",
            ),
        )
        indexes = (models.Index(fields=["updated_at"], name="drafts_by_age"),)

    def __str__(self) -> str:
        return f"{self.updated_at:%Y-%m-%d %H:%M} {self.key}"
