from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from caseflow.directory.enums import CameraPurpose, Weekday
from caseflow.directory.models.territory import Region, School


class SchoolYear(models.Model):
    """A school year of a region; seat plans and yearly consents end with it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="school_years")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("-starts_on",)
        constraints = (
            models.UniqueConstraint(fields=["region", "starts_on"], name="one_year_per_start"),
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="year_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.starts_on.year}/{self.ends_on.year}"


class SchoolBreak(models.Model):
    """Days without lessons beyond the public holidays."""

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="breaks")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Room(models.Model):
    school = models.ForeignKey(School, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="one_room_per_name"),)

    def __str__(self) -> str:
        """«Room 214» in the language of the page; a name that says by itself what it is stands alone."""
        return gettext("Room %(name)s") % {"name": self.name} if self.name[:1].isdigit() else self.name


class LessonSlot(models.Model):
    """A lesson that takes place every week: class, room, teacher, weekday and time of day.

    `starts_on` and `ends_on` are its first and last day in force where they lie within the school year of its class;
    without them it is in force from the first or until the last day of that year.
    """

    school_class = models.ForeignKey("directory.SchoolClass", models.CASCADE, related_name="slots")
    room = models.ForeignKey(Room, models.PROTECT, related_name="slots")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="lesson_slots")
    subject = models.CharField(max_length=80)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("weekday", "starts_at")
        constraints = (
            models.UniqueConstraint(
                fields=["school_class", "weekday", "starts_at"],
                condition=models.Q(ends_on=None),
                name="one_lesson_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="lesson_ends_later"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="lesson_in_force_for_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject}, {self.get_weekday_display()} {self.starts_at:%H:%M}"


class Camera(models.Model):
    """A camera of the register: where it hangs is its room. Its operator, to whom consent is given, is the school.

    `wired_to_police` says that the control centre of the police sees it too.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="cameras")
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=12, choices=CameraPurpose, default=CameraPurpose.CLASSROOM)
    wired_to_police = models.BooleanField(default=False)

    class Meta:
        ordering = ("room__name", "name")
        constraints = (models.UniqueConstraint(fields=["room", "name"], name="one_camera_per_name"),)

    def __str__(self) -> str:
        return f"{self.room}, {self.name}"
