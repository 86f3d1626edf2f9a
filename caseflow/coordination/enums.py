from django.db import models
from django.utils.translation import gettext_lazy as _

from caseflow.incidents.enums import Category


class Indicator(models.TextChoices):
    """What the report counts: events by kind. Talk of self-harm is not among them (never below region and year)."""

    BULLYING = "bullying", _("Bullying suspected")
    VIOLENCE = "violence", _("Fights and physical violence")
    DOMESTIC = "domestic", _("Violence at home suspected")
    SEXUAL = "sexual", _("Sexual violence suspected")
    EXTORTION = "extortion", _("Extortion")
    CONFLICT = "conflict", _("Conflicts")
    OTHER = "other", _("Other events")


INDICATOR_OF: dict[str, Indicator] = {
    Category.BULLYING: Indicator.BULLYING,
    Category.CYBERBULLYING: Indicator.BULLYING,
    Category.VIOLENCE: Indicator.VIOLENCE,
    Category.DOMESTIC_VIOLENCE: Indicator.DOMESTIC,
    Category.SEXUAL_VIOLENCE: Indicator.SEXUAL,
    Category.EXTORTION: Indicator.EXTORTION,
    Category.CONFLICT: Indicator.CONFLICT,
    Category.WEAPON_DRUGS: Indicator.OTHER,
    Category.OTHER: Indicator.OTHER,
}
NEVER_BY_QUARTER = frozenset({Category.SELF_HARM})
"""Suicide figures are never published below region and year (rule 22)."""
