from django.db import models

from caseflow.directory.enums import KeyKind
from caseflow.directory.models.people import Pupil
from caseflow.directory.models.territory import School


class NameKey(models.Model):
    """A key by which a pupil is found whose name is typed, see `rules.spelling`; written with every name.

    Bytes, since they sort alike in every database and language, so the one index serves beginnings everywhere. It
    begins with the school, so a search costs what the school holds, not what the region does.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="name_keys")
    school = models.ForeignKey(School, models.CASCADE, related_name="+", db_index=False)
    kind = models.PositiveSmallIntegerField(choices=KeyKind)
    key = models.BinaryField(max_length=32)

    class Meta:
        indexes = (models.Index(fields=["school", "kind", "key"], name="name_key"),)

    def __str__(self) -> str:
        return f"{self.pupil_id} {bytes(self.key).decode()}"
