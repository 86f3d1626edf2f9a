from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """Where an item came from."""

    SIGNAL = "signal", _("Signal")
    INCIDENT = "incident", _("Report")
    DISTURBANCE = "disturbance", _("Unusual motion")


# Decided by an answer on the page of its room, for a look has to come first.
DECIDED_ELSEWHERE = frozenset({ItemKind.DISTURBANCE})


class Audience(models.TextChoices):
    """Who decides: the psychologists of the school, or only the lead psychologists above it."""

    SCHOOL = "school", _("Psychologists of the school")
    LEAD = "lead", _("Lead psychologist")


class ItemState(models.TextChoices):
    NEW = "new", _("Waiting for a decision")
    SECOND_PERSON = "second_person", _("Waiting for a second person")
    CASE_OPENED = "case_opened", _("Case opened")
    LINKED = "linked", _("Linked to a case")
    DISMISSED = "dismissed", _("Dismissed")
    MERGED = "merged", _("Merged into another report")
    WITHDRAWN = "withdrawn", _("Withdrawn: the data were corrected")
    ANSWERED = "answered", _("Answered after a look")
    LAPSED = "lapsed", _("Gone without a decision")


ACUTE_CODE = "psych_assessment_acute"  # the deadline of what cannot wait
LEGAL_CODE = "legal_assessment"  # the deadline of the legal assessment of a report
OPEN_STATES = (ItemState.NEW, ItemState.SECOND_PERSON)


class Decision(models.TextChoices):
    """The three answers, always in this order and with these numbers: 1, 2, 3."""

    OPEN_CASE = "open_case", _("Open a case")
    LINK = "link", _("Link to a case")
    DISMISS = "dismiss", _("Dismiss with a reason")


class DismissReason(models.TextChoices):
    ALREADY_HANDLED = "already_handled", _("Already handled")
    WRONG_PUPIL = "wrong_pupil", _("Not this pupil")
    NOT_CONFIRMED = "not_confirmed", _("Not confirmed")
    EXERCISE = "exercise", _("Exercise or test")
    OTHER = "other", _("Other")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent withdrawn")


# Reasons that say enough by themselves where nobody told of anything: of a signal.
SAY_ENOUGH = frozenset(
    {
        DismissReason.ALREADY_HANDLED,
        DismissReason.WRONG_PUPIL,
        DismissReason.NOT_CONFIRMED,
        DismissReason.EXERCISE,
    }
)
OFFERED_REASONS = tuple(reason for reason in DismissReason if reason != DismissReason.CONSENT_WITHDRAWN)
