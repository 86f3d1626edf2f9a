from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Step(models.IntegerChoices):
    """The six steps of a safety plan, in own neutral wording; what stands in them is said by the pupil."""

    SIGNS = 1, _("How I notice that it is getting hard")
    ALONE = 2, _("What helps me when I am by myself")
    ELSEWHERE = 3, _("People and places that take my mind off it")
    PEOPLE = 4, _("Whom I can ask for help")
    SPECIALISTS = 5, _("Specialists I can turn to")
    SURROUNDINGS = 6, _("How we make the surroundings safer")


class Signer(models.TextChoices):
    """As who somebody signs a safety plan."""

    PUPIL = "pupil", _("Pupil")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    GUARDIAN = "guardian", _("Legal representative")


class Way(models.TextChoices):
    """How somebody signs: with finger, pen or mouse, or by the typed name before a witness."""

    DRAWN = "drawn", _("Draw the signature")
    TYPED = "typed", _("Type the name")


class GoalState(models.TextChoices):
    """How it stands with a goal of a support plan. A person says so; nothing is counted into a score."""

    OPEN = "open", _("In work")
    REACHED = "reached", _("Reached")
    GIVEN_UP = "given_up", pgettext_lazy("goal", "Given up")
