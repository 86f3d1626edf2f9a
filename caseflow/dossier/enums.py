from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """Which paper is made."""

    PROFILE = "profile", _("Meeting profile")
    CHRONOLOGY = "chronology", _("Full chronology")


class Form(models.TextChoices):
    """How the paper is handed over."""

    PAGE = "page", _("page to read and print")
    PDF = "pdf", "PDF"


class Meeting(models.TextChoices):
    """For whose meeting a paper is made."""

    FAMILY = "family", _("the family")
    TEAM = "team", _("teachers and psychologists of the school")
    COLLEAGUES = "colleagues", _("psychologists of the school alone")
    COUNCIL = "council", _("the school's prevention council")
    SUPPORT = "support", _("the psychological support centre")
    LEAD = "lead", _("the lead psychologist")
    AGENCY = "agency", _("another agency")
    OTHER = "other", _("somebody else")


class Part(models.TextChoices):
    """What a paper can hold. A room that offers another part names it itself (`cases.enclosing`)."""

    REASON = "reason", _("Why the case was opened")
    STAGE = "stage", _("Stage")
    AGREED = "agreed", _("What was agreed")
    PLAN = "plan", _("Plan measures")
    NEXT = "next", _("Next steps")
    PEOPLE = "people", _("People who help")
    CASE = "case", _("Work on the case")
    NOTES = "notes", _("Notes of the team")
    TASKS = "tasks", _("Tasks")
    APPOINTMENTS = "appointments", _("Appointments")
    CONSENTS = "consents", _("Consents")
    FILES = "files", _("Files")
    RISK = "risk", _("Risk level")
    FORMULATION = "formulation", _("How the risk is understood")
    PRIVATE_NOTES = "private_notes", _("Notes only the author and the lead psychologist read")
    RESULTS = "results", _("Results of questionnaires")
    SAFETY = "safety", pgettext_lazy("part of a paper", "Safety plan")
    REFERRALS = "referrals", _("Referrals")
    INCIDENTS = "incidents", _("Incidents and reports")
    SIGNALS = "signals", _("Signals found by the system")
