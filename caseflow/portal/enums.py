from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    """What a guardian may ask for (AI law 16, rule 5)."""

    HUMAN_REVIEW = "human_review", _("Have a person check a result of the analysis")
    OBJECTION = "objection", _("Object to what is done with the data")
    ERASURE = "erasure", _("Erase data")
    QUESTION = "question", _("Ask a question")
