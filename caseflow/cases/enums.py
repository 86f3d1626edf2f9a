from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """How far the work on a case is. `closed` is the only one in which nothing is done."""

    NEW = "new", _("New")
    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Planning")
    SUPPORT = "support", _("Support")
    FOLLOW_UP = "follow_up", _("Follow-up")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")


class ClosingState(models.TextChoices):
    """What became of the wish to close a case that was at high risk."""

    ASKED = "asked", _("waits for the lead psychologist")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    TAKEN_BACK = "taken_back", _("taken back")


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
    SHARED_PLAN = "shared_plan", _("shared plan: the parents read it too")


class EntryKind(models.TextChoices):
    """What a line of the chronology is about; the filters of the page are made of these."""

    CASE = "case", _("Case")
    NOTE = "note", _("Note")
    SIGNAL = "signal", _("Signal")
    INCIDENT = "incident", _("Incident")
    ASSESSMENT = "assessment", _("Assessment")
    TASK = "task", _("Task")
    APPOINTMENT = "appointment", _("Appointment")
    ATTACHMENT = "attachment", pgettext_lazy("kind of a line in a chronology", "File")
    CONSENT = "consent", _("Consent")
    REFERRAL = "referral", _("Referral")
