from django.conf import settings
from django.db import models

from caseflow.cases.models.cases import Case
from caseflow.directory.enums import Role
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Task(Record):
    """Something somebody has to do by a time. The owner, who may know nothing of the case, reads the title.

    One that was `withdrawn` has ended, at `done_at` and by `done_by`, but nobody did it; the outcome says why.

    What the program gives or finishes has its title and its outcome as `wordings.Written` instead, {} where a person
    wrote: each reads it in their own language.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title_sealed = models.BinaryField(default=bytes)
    title_written = models.JSONField(default=dict)
    owner = models.ForeignKey(USER, models.PROTECT, related_name="case_tasks")
    owner_role = models.CharField(max_length=20, choices=Role)
    given_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="case_task")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    outcome_sealed = models.BinaryField(default=bytes)
    outcome_written = models.JSONField(default=dict)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("due_at", "created_at")
        indexes = (models.Index(fields=["owner", "due_at"], name="case_tasks_of_owner"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(withdrawn=False) | models.Q(done_at__isnull=False), name="withdrawn_task_has_ended"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_at:%Y-%m-%d %H:%M}"
