from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Journal(models.TextChoices):
    """A journal of the service. Its lines are what was recorded anyway; none is kept beside."""

    CONSULTATIONS = "consultations", _("Journal of consultations")
    GROUP = "group", _("Journal of group work")
    DIAGNOSTICS = "diagnostics", _("Journal of diagnostics")


class Asker(models.TextChoices):
    """At whose request somebody was seen."""

    PUPIL = "pupil", pgettext_lazy("who asked", "pupil")
    PARENT = "parent", pgettext_lazy("who asked", "parent")
    TEACHER = "teacher", pgettext_lazy("who asked", "teacher")
    SCHOOL = "school", _("administration of the school")
    PSYCHOLOGIST = "psychologist", _("psychologist")


class WorkForm(models.TextChoices):
    """In which form a group worked."""

    TRAINING = "training", pgettext_lazy("form of work", "training")
    LESSON = "lesson", _("developing lesson")
    CLASS_HOUR = "class_hour", _("class hour")
    TALK = "talk", _("talk")
    GAME = "game", _("game")
    OTHER = "other", pgettext_lazy("form of work", "other")


class Told(models.TextChoices):
    """To whom the result of a questionnaire was explained."""

    PUPIL = "pupil", _("to the pupil")
    PARENT = "parent", _("to a parent")
    TEACHER = "teacher", _("to the class teacher, in general words")


class Direction(models.TextChoices):
    """What the work of the service is divided into, in the plan and in the report."""

    DIAGNOSTICS = "diagnostics", _("Diagnostics")
    CONSULTATION = "consultation", _("Consultation")
    GROUP = "group", _("Group work and prevention")
    EDUCATION = "education", _("Psychological education")
    METHODICAL = "methodical", _("Methodical work")


class Section(models.TextChoices):
    """What is said in own words in the annual report: of each direction, and at the end."""

    DIAGNOSTICS = "diagnostics", _("Diagnostics")
    CONSULTATION = "consultation", _("Consultation")
    GROUP = "group", _("Group work and prevention")
    EDUCATION = "education", _("Psychological education")
    METHODICAL = "methodical", _("Methodical work")
    NEXT = "next", _("Conclusions and tasks for the next year")


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a plan", "being written")
    SENT = "sent", _("waits for the principal")
    APPROVED = "approved", pgettext_lazy("a plan", "approved")


class PlanItemState(models.TextChoices):
    OPEN = "open", pgettext_lazy("planned work", "planned")
    DONE = "done", pgettext_lazy("planned work", "done")
    DROPPED = "dropped", pgettext_lazy("planned work", "not done")
