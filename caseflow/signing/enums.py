from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What somebody who was asked to sign said; or, entered by somebody else, that they cannot be asked any more."""

    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("did not sign")
    EXCUSED = "excused", _("cannot be asked any more")


class Means(models.TextChoices):
    """With what somebody answered: signed in here, or with the own key and its certificate (CMS)."""

    ACCOUNT = "account", _("with the account")
    KEY = "key", _("with the own key")


class Turn(models.TextChoices):
    """Whether it is somebody's turn."""

    NOW = "now", _("waits for a signature")
    LATER = "later", _("signs after the others")
    DONE = "done", _("has answered")
