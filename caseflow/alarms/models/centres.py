from django.db import models

from caseflow.directory.models import Agency


class Centre(models.Model):
    """A police agency whose operators answer alarms; `follows` is called when nobody of this one accepts in time.

    `arrival_minutes` is the target of its district for a patrol to arrive ([P], shown beside what was reached). A
    centre that has ended is called no more and stays, since alarms of the past name it.
    """

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="centre")
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    arrival_minutes = models.PositiveSmallIntegerField(default=7)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("agency__name_ru",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(follows=None) | ~models.Q(follows=models.F("id")), name="centre_follows_another"
            ),
        )

    def __str__(self) -> str:
        return str(self.agency)
