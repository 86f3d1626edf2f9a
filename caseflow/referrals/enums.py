from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SCHOOL = "school"  # stands where the kind of an agency would


class Kind(models.TextChoices):
    REFERRAL = "referral", _("Referral")
    TRANSFER = "transfer", _("Transfer of the case")


class State(models.TextChoices):
    """How far a referral is. A transfer that is accepted is done."""

    DRAFT = "draft", _("being written")
    SENT = "sent", pgettext_lazy("referral", "sent")
    ACCEPTED = "accepted", pgettext_lazy("referral", "accepted")
    REJECTED = "rejected", pgettext_lazy("referral", "rejected")
    ANSWERED = "answered", pgettext_lazy("referral", "answered")
    DONE = "done", pgettext_lazy("referral", "done")
    REVOKED = "revoked", pgettext_lazy("referral", "revoked")


class Move(models.TextChoices):
    """What somebody does with a referral. `WITHDRAW`: the consent it rests on ended. `OBJECT`: the lead finds that its
    legal ground does not hold."""

    SEND = "send", pgettext_lazy("referral", "Sent")
    ACCEPT = "accept", pgettext_lazy("referral", "Accepted")
    REJECT = "reject", pgettext_lazy("referral", "Rejected")
    ANSWER = "answer", pgettext_lazy("referral", "Answered")
    FINISH = "finish", pgettext_lazy("referral", "Finished")
    REVOKE = "revoke", _("Revoked by the sender")
    WITHDRAW = "withdraw", _("Stopped: the consent ended")
    OBJECT = "object", _("Stopped: the legal ground does not hold")


class Side(models.TextChoices):
    SENDER = "sender", _("sender")
    RECEIVER = "receiver", _("receiver")
    LEAD = "lead", _("lead psychologist")
    SYSTEM = "system", _("system")


class Ground(models.TextChoices):
    """Why something may be said to an agency at all."""

    CONSENT = "consent", _("Consent of the legal representatives")
    LEGAL = "legal", _("Legal ground without consent")


class Told(models.TextChoices):
    """A field of a referral: what the receiver may be told."""

    NAME = "name", _("Name of the pupil")
    BIRTH_DATE = "birth_date", _("Date of birth")
    SCHOOL_CLASS = "school_class", _("Class")
    GUARDIANS = "guardians", _("Legal representatives and their telephone numbers")
    REASON = "reason", _("Why help is asked for")
    DONE_SO_FAR = "done_so_far", _("What the school has done so far")
    FACTS = "facts", _("What happened, facts alone")
    RISK = "risk", _("Risk level that a person has assessed")
    SAFETY_PLAN = "safety_plan", _("Safety plan, the lines shared with the parents")
    ASKED = "asked", _("What is asked of you")
