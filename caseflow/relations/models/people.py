from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.cases.models import Case
from caseflow.directory.models import Pupil
from caseflow.records.models import Record
from caseflow.relations.enums import RelationKind, SaidBy

USER = settings.AUTH_USER_MODEL
NOT_OUTSIDE = Q(outside_sealed=b"")


class PersonAround(Record):
    """Somebody around the pupil of a case, as a psychologist was told: a pupil, an employee, or somebody from outside.

    Who is from outside, and what was said, is sealed with the case's key. Nothing is changed: what no longer holds is
    ended, with a reason.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="people_around")
    kind = models.CharField(max_length=10, choices=RelationKind)
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="+")
    employee = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    outside_sealed = models.BinaryField(default=bytes)
    said_by = models.CharField(max_length=10, choices=SaidBy)
    note_sealed = models.BinaryField(default=bytes)
    since = models.DateField(null=True)
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("kind", "recorded_at")
        verbose_name_plural = "people around"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "pupil", "kind"], condition=Q(ended_at=None), name="one_relation_per_pupil_and_kind"
            ),
            models.UniqueConstraint(
                fields=["case", "employee", "kind"], condition=Q(ended_at=None), name="one_relation_per_employee"
            ),
            models.CheckConstraint(
                condition=Q(NOT_OUTSIDE, pupil__isnull=False, employee=None)
                | Q(NOT_OUTSIDE, pupil=None, employee__isnull=False)
                | Q(~NOT_OUTSIDE, pupil=None, employee=None),
                name="person_around_is_one_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_person_has_its_ender",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
