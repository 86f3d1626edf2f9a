from django.conf import settings
from django.db import models

from caseflow.directory.enums import Relation, Sex
from caseflow.directory.models.lessons import SchoolYear
from caseflow.directory.models.territory import School
from caseflow.records.models import DataKey, Record


def class_name(grade: int, letter: str) -> str:
    """A class as people write it: «7 «Б»»."""
    return f"{grade} «{letter}»"


class SchoolClass(models.Model):
    school = models.ForeignKey(School, models.PROTECT, related_name="classes")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="classes")
    grade = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=4)

    class Meta:
        ordering = ("grade", "letter")
        verbose_name_plural = "school classes"
        constraints = (
            models.UniqueConstraint(fields=["school", "year", "grade", "letter"], name="one_class_per_letter"),
        )

    def __str__(self) -> str:
        return class_name(self.grade, self.letter)

    @property
    def name_with_school(self) -> str:
        """«School No. 104, 7 «Б»», where classes of several schools stand beside each other."""
        return f"{self.school}, {self}"


class Person(Record):
    last_name = models.CharField(max_length=100)
    first_name = models.CharField(max_length=100)
    patronymic = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """Family and first name, as lists show them."""
        return f"{self.last_name} {self.first_name}"


class Pupil(Person):
    """A pupil; `number` is the pupil's number at the school, the key of imports. Leavers stay, hidden.

    `died_on` is set once two people have recorded it: from then on the pupil is nowhere among those who are here.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="pupils")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="pupils")
    number = models.CharField(max_length=32)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    national_number_sealed = models.BinaryField(default=bytes)
    left_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("last_name", "first_name", "pk")
        constraints = (models.UniqueConstraint(fields=["school", "number"], name="one_pupil_per_number"),)


class Guardian(Person):
    """A parent or legal representative; `user` once a code was handed over against an identity document and used.

    One person may be several guardians, one for each school, and work at one of them: all join one account. Where they
    did not, the office says by `staff_account` as whom the guardian works at the school; it takes rights (rule 10b) and
    gives none.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="guardians")
    staff_account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    phone_sealed = models.BinaryField(default=bytes)
    email_sealed = models.BinaryField(default=bytes)


class Guardianship(models.Model):
    """Who stands for which pupil, first and last day included.

    `ended_at` is when the office ended it: from then on nothing rests on it, whatever the last day. See `rules.stands`.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="guardianships")
    relation = models.CharField(max_length=12, choices=Relation)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pupil", "guardian"], name="one_guardianship_per_pair"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ends_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="ended_guardianship_has_last_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.guardian_id} → {self.pupil_id}"
