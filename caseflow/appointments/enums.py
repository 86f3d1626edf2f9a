from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentKind(models.TextChoices):
    """What a psychologist meets somebody for, as the journals of the service count it."""

    PUPIL = "pupil", _("Consultation of a pupil")
    PARENT = "parent", _("Consultation of a parent")
    TEACHER = "teacher", _("Consultation of a teacher")
    GROUP = "group", _("Group work")
    DIAGNOSTICS = "diagnostics", _("Diagnostics")
    OBSERVATION = "observation", _("Observation")
    MEETING = "meeting", _("Meeting")
    SUPERVISION = "supervision", _("Supervision")
    OTHER = "other", _("Other appointment")


class AppointmentState(models.TextChoices):
    """What became of it. All but the first are answers; an answer is final, but for a wrong one, taken back with a
    reason."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    NOT_COME = "not_come", _("Did not come")
    CALLED_OFF = "called_off", _("Called off")


class CalledOffBy(models.TextChoices):
    PUPIL = "pupil", _("the pupil")
    PARENT = "parent", _("a parent")
    SCHOOL = "school", _("the school")
    PSYCHOLOGIST = "psychologist", _("the psychologist")


class Reach(models.TextChoices):
    """How far a change of a weekly series goes."""

    ONE = "one", _("this appointment alone")
    FOLLOWING = "following", _("this one and the following")
