from django.db import models
from django.utils.translation import gettext_lazy as _


class TurnState(models.TextChoices):
    """How far the turn of a school to a new school year is. `applied` is for good; mistakes are corrected after."""

    PREPARED = "prepared", _("being prepared")
    CONFIRMED = "confirmed", _("confirmed, waits for the first day")
    APPLIED = "applied", _("done")
