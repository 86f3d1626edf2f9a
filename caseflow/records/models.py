import uuid

from django.db import models


class Record(models.Model):
    """A stored thing with an id that cannot be counted or guessed; the id is known before it is saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class DataKey(Record):
    """A data key of one case, report or pupil, wrapped by the vault key that lives outside the database.

    Destroying the row destroys everything sealed with it.
    """

    purpose = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
