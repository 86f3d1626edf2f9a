from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Pupil, School, SchoolClass, SchoolYear
from caseflow.records.models import Record
from caseflow.schoolyear.enums import TurnState

USER = settings.AUTH_USER_MODEL
LAST_GRADE = 12


class YearTurn(Record):
    """How a school goes over to a school year: prepared by the office, carried out on the first day of `year`, once."""

    school = models.ForeignKey(School, models.PROTECT, related_name="turns")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="turns")
    state = models.CharField(max_length=10, choices=TurnState, default=TurnState.PREPARED)
    carries_timetable = models.BooleanField(default=False)
    prepared_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-year__starts_on",)
        constraints = (models.UniqueConstraint(fields=["school", "year"], name="one_turn_to_a_year"),)

    def __str__(self) -> str:
        return f"{self.school_id} {self.year_id} {self.state}"


class ClassTurn(models.Model):
    """What becomes of a class: which one it is in the new year, led by whom. Without a grade its pupils leave."""

    turn = models.ForeignKey(YearTurn, models.CASCADE, related_name="classes")
    old_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(LAST_GRADE)])
    letter = models.CharField(max_length=4, blank=True)
    teacher = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("old_class__grade", "old_class__letter")
        constraints = (
            models.UniqueConstraint(fields=["turn", "old_class"], name="one_turn_of_a_class"),
            models.CheckConstraint(
                condition=Q(grade=None, letter="") | Q(Q(grade__isnull=False), ~Q(letter="")),
                name="class_turns_to_grade_and_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_class} → {self.target or '—'}"

    @property
    def target(self) -> str:
        """The class of the new year, as it is written: «8Б»; empty where the pupils leave."""
        return f"{self.grade}{self.letter}" if self.grade is not None else ""


class PupilTurn(models.Model):
    """A pupil who does not go with the class: repeats the year, changes class, or leaves (no grade)."""

    turn = models.ForeignKey(YearTurn, models.CASCADE, related_name="exceptions")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(LAST_GRADE)])
    letter = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["turn", "pupil"], name="one_turn_of_a_pupil"),
            models.CheckConstraint(
                condition=Q(grade=None, letter="") | Q(Q(grade__isnull=False), ~Q(letter="")),
                name="pupil_turns_to_grade_and_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil_id} → {self.grade or '—'}{self.letter}"

    @property
    def target(self) -> str:
        return f"{self.grade}{self.letter}" if self.grade is not None else ""
