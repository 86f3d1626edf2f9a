from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Pupil, School
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class SchoolMove(Record):
    """A pupil leaves a school, for one of this installation (`to_school`) or another, and is taken in there.

    `day` is the first day on which the pupil is no longer there. Of the code that the family carries to the new school
    only a keyed hash is kept. Classes are kept by name: a class of a past year may go.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="moves")
    from_school = models.ForeignKey(School, models.PROTECT, related_name="+")
    from_class = models.CharField(max_length=12, blank=True)
    from_number = models.CharField(max_length=32)
    day = models.DateField()
    to_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    elsewhere = models.CharField(max_length=160, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    to_class = models.CharField(max_length=12, blank=True)
    taken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(taken_at=None, to_school__isnull=False), name="one_open_move"
            ),
            models.CheckConstraint(condition=Q(to_school=None) | Q(elsewhere=""), name="move_goes_to_one_place"),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="move_taken_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil_id} {self.day}"
