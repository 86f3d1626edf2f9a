from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Duty(models.TextChoices):
    """What somebody is in the council. Rights come from the role in the directory, never from this."""

    CHAIR = "chair", pgettext_lazy("council", "Chair")
    DEPUTY = "deputy", _("Deputy of the chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", pgettext_lazy("council", "Member")


class SessionKind(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary session")
    EXTRAORDINARY = "extraordinary", _("Extraordinary session")


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("session", "planned")
    HELD = "held", pgettext_lazy("session", "being held")
    CLOSED = "closed", pgettext_lazy("session", "closed")
    CALLED_OFF = "called_off", pgettext_lazy("session", "called off")


class Presence(models.TextChoices):
    PRESENT = "present", _("present")
    REPRESENTED = "represented", _("represented")
    ABSENT = "absent", _("absent")


class DecisionState(models.TextChoices):
    """How far a decision is. What is reported as done waits for the chair."""

    DRAFT = "draft", pgettext_lazy("decision", "draft")
    RUNNING = "running", pgettext_lazy("decision", "being carried out")
    REPORTED = "reported", pgettext_lazy("decision", "reported as done")
    DONE = "done", pgettext_lazy("decision", "done")
    LIFTED = "lifted", pgettext_lazy("decision", "lifted")


class Side(models.TextChoices):
    """As whom somebody moves a decision."""

    CHAIR = "chair", _("the chair")
    AGENCY = "agency", _("the agency")


class Move(models.TextChoices):
    """What somebody does with a decision; each is a step that stays."""

    APPROVE = "approve", pgettext_lazy("decision", "Approved")
    PROGRESS = "progress", pgettext_lazy("decision", "Progress")
    REPORT = "report", pgettext_lazy("decision", "Reported as done")
    ACCEPT = "accept", pgettext_lazy("decision", "Accepted as done")
    RETURN = "return", pgettext_lazy("decision", "Returned")
    ASK_LONGER = "ask_longer", pgettext_lazy("decision", "More time asked for")
    GIVE_LONGER = "give_longer", pgettext_lazy("decision", "More time given")
    REFUSE_LONGER = "refuse_longer", pgettext_lazy("decision", "More time refused")
    LIFT = "lift", pgettext_lazy("decision", "Lifted")
