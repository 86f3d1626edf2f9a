from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(models.TextChoices):
    """What is counted, or in what is measured."""

    EVENTS = "events", _("events")
    ALARMS = "alarms", _("alarms")
    DRILLS = "drills", _("drills")
    CASES = "cases", pgettext_lazy("unit", "cases")
    REFERRALS = "referrals", pgettext_lazy("unit", "referrals")
    PUPILS = "pupils", _("pupils")
    SCHOOLS = "schools", _("schools")
    SECONDS = "seconds", _("seconds")


class Chapter(models.TextChoices):
    """Where an indicator stands in a report."""

    EVENTS = "events", _("Events")
    ASSESSMENTS = "assessments", _("Assessments")
    ALARMS = "alarms", _("Alarms and response")
    WORK = "work", _("Cases and referrals")
    CONSENT = "consent", _("Consents")
    SAFETY = "safety", _("Safety of schools")
