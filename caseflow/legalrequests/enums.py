from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How far a request is. What was released is erased once its term is over."""

    ASKED = "asked", pgettext_lazy("legal request", "waits for the lead psychologist")
    PREPARED = "prepared", pgettext_lazy("legal request", "waits for the second person")
    RELEASED = "released", pgettext_lazy("legal request", "given")
    REFUSED = "refused", pgettext_lazy("legal request", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("legal request", "withdrawn")
    ENDED = "ended", pgettext_lazy("legal request", "the term is over, the copy is erased")


class Ground(models.TextChoices):
    """On what a request rests; the article is written beside it."""

    INVESTIGATION = "investigation", _("Pre-trial investigation")
    COURT = "court", _("Ruling of a court")
    SUPERVISION = "supervision", _("Check by the prosecutor")
    PROTECTION = "protection", _("Protection of the child's rights")


class Given(models.TextChoices):
    """A field of what can be given. Notes, assessments, questionnaires and what a model found are none."""

    NAME = "name", _("Name of the pupil")
    BIRTH_DATE = "birth_date", _("Date of birth")
    SCHOOL_CLASS = "school_class", _("School and class")
    GUARDIANS = "guardians", _("Legal representatives")
    COURSE = "course", _("Course of the case: opened, stage, closed")
    REFERRALS = "referrals", _("Referrals to agencies: when, to whom, what became of them")
    EVENTS = "events", _("Reported events, facts alone")
    DONE = "done", _("What the school has done")
