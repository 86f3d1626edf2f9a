from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Axis(models.TextChoices):
    """By what figures are told apart; two of them make a table, the third its pages."""

    INDICATOR = "indicator", _("Indicators")
    PLACE = "place", _("Places")
    PERIOD = "period", _("Periods")


class Shown(models.TextChoices):
    """What is shown of each figure."""

    FIGURE = "figure", pgettext_lazy("shown", "Figures")
    SHARE = "share", _("Shares of the whole")
    CHANGE = "change", _("Changes against the year before")


class State(models.TextChoices):
    """What a release says of a figure."""

    SHOWN = "shown", _("shown")
    HIDDEN = "hidden", _("hidden")
    NOT_COUNTED = "not_counted", _("not counted")
    OTHERWISE = "otherwise", _("counted otherwise")
