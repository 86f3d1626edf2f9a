from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RelationKind(models.TextChoices):
    """What somebody is to the pupil, as it was told. Who stands for the pupil by law is entered by the office."""

    FRIEND = "friend", _("Friend")
    HELPER = "helper", _("Trusted adult, helper")
    SIBLING = "sibling", _("Brother or sister")
    RELATIVE = "relative", _("Relative")
    OTHER = "other", pgettext_lazy("a relation", "Other")


class SaidBy(models.TextChoices):
    """Who told of the relation."""

    PUPIL = "pupil", _("The pupil")
    GUARDIAN = "guardian", _("A parent or legal representative")
    STAFF = "staff", _("Somebody of the staff")
    SEEN = "seen", _("Seen by the psychologist")
    OTHER = "other", pgettext_lazy("who said so", "Somebody else")


class Side(models.TextChoices):
    """Where somebody stands in the picture."""

    GUARDIAN = "guardian"
    FAMILY = "family"
    CLOSE = "close"
    INCIDENT = "incident"
