from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What was reported. One act can only be suspected bullying (Order 506, rule 13)."""

    VIOLENCE = "violence", _("Physical violence")
    BULLYING = "bullying", _("Bullying suspected")
    CYBERBULLYING = "cyberbullying", _("Bullying suspected, in a chat or online")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Violence at home suspected")
    EXTORTION = "extortion", _("Extortion")
    SELF_HARM = "self_harm", _("Talk of self-harm")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence suspected")
    CONFLICT = "conflict", _("Conflict")
    WEAPON_DRUGS = "weapon_drugs", _("Weapon or drugs")
    OTHER = "other", _("Other")


SUSPECTED_BULLYING = (Category.BULLYING, Category.CYBERBULLYING)
NEVER_BY_QUARTER = (Category.SELF_HARM,)  # suicide figures are told of no less than a region and a year (rule 22)
DANGER = "danger_now"  # how a report reads in the queue when its reporter is in danger now

# The same in words that a child would use.
PLAIN_WORDS = {
    Category.VIOLENCE: _("Somebody was hit or hurt"),
    Category.BULLYING: _("Somebody is picked on again and again"),
    Category.CYBERBULLYING: _("Somebody is picked on in a chat or online"),
    Category.DOMESTIC_VIOLENCE: _("Somebody is hurt at home"),
    Category.EXTORTION: _("Somebody takes money or things by force"),
    Category.SELF_HARM: _("Somebody wants to hurt or kill themselves"),
    Category.SEXUAL_VIOLENCE: _("Somebody was touched or forced against their will"),
    Category.CONFLICT: _("A quarrel"),
    Category.WEAPON_DRUGS: _("Somebody has a weapon or drugs"),
    Category.OTHER: _("Something else"),
}


class PartyRole(models.TextChoices):
    HARMED = "harmed", _("Harmed")
    SAID_TO_HAVE_HARMED = "said_to_have_harmed", _("Said to have harmed")
    WITNESS = "witness", _("Witness")
    HELPER = "helper", _("Helped")


class Answerer(models.TextChoices):
    """Who answers what a pupil is said to have done."""

    PUPIL = "pupil", _("The pupil")
    GUARDIAN = "guardian", _("A guardian for the pupil")


class Confirmed(models.TextChoices):
    """Whether a finding of bullying stands that rests on a report (rule 13)."""

    YES = "confirmed", _("Bullying confirmed")
    NO = "not_confirmed", _("Bullying not confirmed")


class OrderKind(models.TextChoices):
    """What binds somebody at home."""

    PROTECTIVE = "protective", _("Protective order")
    CONDUCT = "conduct", _("Special requirements on conduct")


class OrderState(models.TextChoices):
    COMING = "coming", _("not yet in force")
    RUNNING = "running", _("in force")
    ENDING = "ending", _("about to end")
    OVER = "over", _("over")
    EXTENDED = "extended", _("extended")
    LIFTED = "lifted", _("lifted")


class GuardianState(models.TextChoices):
    """What stands about a guardian of a harmed pupil; for those who decide alone (rule 10)."""

    STANDS = "stands", _("stands for the child")
    PROPOSED = "proposed", _("exclusion waits for approval")
    EXCLUDED = "excluded", _("excluded")
    ENDED = "ended", _("no longer stands for the child")


class Conclusion(models.TextChoices):
    """What the legal assessment came to."""

    CRIME = "crime", _("Signs of a crime")
    ADMINISTRATIVE = "administrative", _("Signs of an administrative offence")
    PREVENTION = "prevention", _("No offence, preventive measures")
    NO_OFFENCE = "no_offence", _("No offence found")
    NOT_REQUIRED = "not_required", _("No legal assessment required")


class ReportState(models.TextChoices):
    """All that a reporter learns about what became of the report."""

    RECEIVED = "received", _("Received")
    HANDLED = "handled", _("Being handled")
    CLOSED = "closed", _("Closed")


class AssessmentKind(models.TextChoices):
    PSYCHOLOGICAL = "psychological", _("Psychological assessment")
    LEGAL = "legal", _("Legal assessment")
