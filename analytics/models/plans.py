from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from analytics.enums import Presence, StillKind
from caseflow.directory.models import Camera, LessonSlot, Pupil, SchoolClass
from caseflow.records.models import DataKey, Record


class SeatPlan(Record):
    """Who sits where before one camera. Never changed: another drawing is another version.

    `still` names a sealed file: the room empty, or blurred as a whole (rule 12). Only `valid_to` is set later, when
    the next version takes over; one that is replaced on the day it was drawn ends the day before and so is in force
    on no day.
    """

    camera = models.ForeignKey(Camera, models.PROTECT, related_name="seat_plans")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="seat_plans")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    frame_width = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    frame_height = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    still = models.CharField(max_length=64)
    still_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    still_kind = models.CharField(max_length=12, choices=StillKind)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("camera", "school_class", "-version")
        constraints = (
            models.UniqueConstraint(fields=["camera", "school_class", "version"], name="one_plan_per_version"),
            models.UniqueConstraint(
                fields=["camera", "school_class"], condition=Q(valid_to=None), name="one_plan_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.camera} {self.school_class} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError for a plan that is saved already."""
        if not self._state.adding:
            raise TypeError("a seat plan is never changed")
        super().save(*args, **kwargs)


class WaitingStill(Record):
    """A still that was uploaded and not yet drawn on; a saved plan takes its file over and the row goes."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="+")
    file = models.CharField(max_length=64)
    key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=StillKind)
    width = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    height = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["camera", "school_class"], name="one_waiting_still"),)

    def __str__(self) -> str:
        return f"{self.camera_id} {self.school_class_id}"


class Seat(models.Model):
    """Head and shoulders of one seat: `polygon` is [[x, y], …] in pixels of the plan's still."""

    plan = models.ForeignKey(SeatPlan, models.CASCADE, related_name="seats")
    label = models.CharField(max_length=20)
    polygon = models.JSONField()
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, blank=True, related_name="seats")
    face_height_px = models.FloatField(validators=[MinValueValidator(1)])

    class Meta:
        ordering = ("plan", "pk")
        constraints = (
            models.UniqueConstraint(fields=["plan", "label"], name="one_seat_per_label"),
            models.UniqueConstraint(fields=["plan", "pupil"], name="one_seat_per_pupil"),
        )

    def __str__(self) -> str:
        return self.label


class SeatConfirmation(Record):
    """What the teacher of a lesson said about its seats. The latest one of a lesson counts (rule 1)."""

    slot = models.ForeignKey(LessonSlot, models.PROTECT, related_name="confirmations")
    date = models.DateField()
    plan = models.ForeignKey(SeatPlan, models.PROTECT, related_name="confirmations")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-confirmed_at",)
        indexes = (models.Index(fields=["slot", "date", "-confirmed_at"], name="confirmation_of_lesson"),)

    def __str__(self) -> str:
        return f"{self.slot_id} {self.date}"


class SeatState(models.Model):
    """One seat in one lesson; a seat without a row was not confirmed and stays masked."""

    confirmation = models.ForeignKey(SeatConfirmation, models.CASCADE, related_name="states")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="states")
    state = models.CharField(max_length=12, choices=Presence)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["confirmation", "seat"], name="one_state_per_seat"),)

    def __str__(self) -> str:
        return f"{self.seat_id} {self.state}"
