from django.db import models
from django.utils.translation import gettext_lazy as _


class Who(models.TextChoices):
    """Whom a school has lost."""

    PUPIL = "pupil", _("a pupil")
    STAFF = "staff", _("somebody of the staff")
    PARENT = "parent", _("a parent of a pupil")


class Manner(models.TextChoices):
    """What the family or an authority says of it. The school itself never says how somebody died."""

    NOT_SAID = "not_said", _("nothing has been said")
    ILLNESS = "illness", _("an illness")
    ACCIDENT = "accident", _("an accident")
    VIOLENCE = "violence", _("violence")
    SUICIDE = "suicide", _("suicide, or suspected suicide")


class Sayer(models.TextChoices):
    FAMILY = "family", _("the family")
    AUTHORITY = "authority", _("an authority")


class Occasion(models.TextChoices):
    """Days on which a loss comes back."""

    FORTIETH = "fortieth", _("fortieth day")
    BIRTHDAY = "birthday", _("birthday")
    ANNIVERSARY = "anniversary", _("anniversary")
    OTHER = "other", _("another day")


class Phase(models.TextChoices):
    """How long after the beginning something is due, as the checklist is read."""

    HOURS = "hours", _("First hours")
    DAY = "day", _("First day")
    WEEK = "week", _("First week")
    MONTH = "month", _("First month")
    YEAR = "year", _("Up to a year")


class Circle(models.TextChoices):
    """How a pupil stood to who has died, or why somebody thinks of this pupil."""

    CLASS = "class", _("same class")
    FAMILY = "family", _("brother, sister or own child")
    FRIEND = "friend", _("friend")
    WITNESS = "witness", _("witness")
    TOGETHER = "together", _("same bus, club or team")
    HIGH_RISK = "high_risk", _("at high risk already")
    EARLIER_LOSS = "earlier_loss", _("had a loss before")
    OTHER = "other", _("another reason")


class Audience(models.TextChoices):
    """To whom a message goes."""

    STAFF = "staff", _("to the staff")
    CLASS_TALK = "class_talk", _("talk with a class")
    PARENTS = "parents", _("to parents")
    FAMILY = "family", _("to the family")
    MEDIA = "media", _("to the press")


class Language(models.TextChoices):
    KK = "kk", _("Kazakh")
    RU = "ru", _("Russian")
    EN = "en", _("English")


class TemplateState(models.TextChoices):
    DRAFT = "draft", _("to be approved")
    APPROVED = "approved", _("approved")
    RETIRED = "retired", _("replaced")


class Warned(models.TextChoices):
    """What a text about a death is warned of (rule 18)."""

    METHOD = "method", _("the way")
    PLACE = "place", _("the place")
    NOTE = "note", _("a note")
    CAUSE = "cause", _("one cause")
    SENSATION = "sensation", _("loud words")
    GLORY = "glory", _("death as a way out")
    OUTCOME = "outcome", _("success or failure")
    DETAIL = "detail", _("the last hours")
