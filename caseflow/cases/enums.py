from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseStatus(models.TextChoices):
    OPEN = "open", _("In work")
    CLOSED = "closed", _("Closed")


class RiskLevel(models.TextChoices):
    """What a person concluded from an assessment; never computed."""

    LOW = "low", _("Low")
    MODERATE = "moderate", _("Moderate")
    HIGH = "high", _("High")
    ACUTE = "acute", _("Acute")


GRAVE = frozenset({RiskLevel.HIGH, RiskLevel.ACUTE})


class Visibility(models.TextChoices):
    ME_AND_LEAD = "me_and_lead", _("only the author and the lead psychologist")
    TEAM = "team", _("psychologists of the school")


class EntryKind(models.TextChoices):
    """What a line of the chronology is about; the filters of the page are made of these."""

    CASE = "case", _("Case")
    NOTE = "note", _("Note")
    SIGNAL = "signal", _("Signal")
    INCIDENT = "incident", _("Incident")
    ASSESSMENT = "assessment", _("Assessment")
    TASK = "task", _("Task")
    CONSENT = "consent", _("Consent")
