from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DutyKind(models.TextChoices):
    """What an agency owes. Never what an event was."""

    LEGAL = "legal", _("Legal assessment")
    PSYCHOLOGICAL = "psychological", _("Psychological assessment")
    DECISION = "decision", _("Decision of the council")
    TEST = "test", _("Test of a fixed button")


class Overdue(models.TextChoices):
    """For how long something is overdue, so coarsely that it does not tell the day of an event (rule 22)."""

    DAYS = "days", pgettext_lazy("overdue", "less than a week")
    WEEKS = "weeks", pgettext_lazy("overdue", "one to four weeks")
    MONTHS = "months", pgettext_lazy("overdue", "more than four weeks")
