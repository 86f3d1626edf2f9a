from enum import Enum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseflow.directory.enums import Role


class Part(models.TextChoices):
    """The five things that high or acute risk requires (rule 16)."""

    NOT_ALONE = "not_alone", _("somebody who stays with the pupil")
    PARENT_CONTACT = "parent_contact", _("word to the parents, or why not")
    REFERRAL = "referral", _("referral")
    SAFETY_PLAN = "safety_plan", _("safety plan")
    FOLLOW_UP = "follow_up", _("dates to look again")


class Evidence(models.TextChoices):
    """What proves that a step was done."""

    WORDS = "words", _("what was done, in words")
    CONTACT = "contact", _("who of the parents was reached, or why none")
    ASSESSMENT = "assessment", _("an assessment of the risk made since then")
    REFERRAL = "referral", _("a referral sent since then, or to whom by telephone and when")
    SECOND = "second", _("the second person says that they know")
    PLAN = "plan", _("a safety plan signed since then, and how means were put away")
    DATES = "dates", _("dates on which somebody looks again")


class Doer(models.TextChoices):
    """Who does a step: somebody around a case, or, after a loss, somebody around the school."""

    LEADER = "leader", _("who leads the case")
    SECOND = "second", _("the second person")
    PSYCHOLOGIST = "psych", _("psychologist of the school")
    CLASS_TEACHER = "teacher", _("class teacher")
    SOCIAL_PEDAGOGUE = "pedagogue", _("social pedagogue")
    PRINCIPAL = "principal", _("head of the school")
    LEAD = "lead", _("lead psychologist of the district")
    CENTRE = "centre", _("psychological support centre, through who leads the case")


# Whoever does a step in a role has it as a task of their own, and may know nothing else of the case.
IN_A_ROLE: Final = {
    Doer.PSYCHOLOGIST: Role.PSYCHOLOGIST,
    Doer.CLASS_TEACHER: Role.CLASS_TEACHER,
    Doer.SOCIAL_PEDAGOGUE: Role.SOCIAL_PEDAGOGUE,
    Doer.PRINCIPAL: Role.PRINCIPAL,
    Doer.LEAD: Role.LEAD_PSYCHOLOGIST,
}


class Setting(Enum):
    """Where a protocol works."""

    CASE = "case"
    HIGH_RISK = "high_risk"
    AFTER_LOSS = "after_loss"


class Missed(models.TextChoices):
    """Whom a missed step tells. The values are the codes of its clock: the ladders stand in the table of deadlines."""

    CLIMB = "protocol_step", _("who has it, then the lead, then the region")
    AT_ONCE = "protocol_step_urgent", _("who has it and the lead at once, then the region")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    RETIRED = "retired", _("replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("version of a protocol", "withdrawn")


class Cause(models.TextChoices):
    """What a flow began with."""

    ASSESSMENT = "assessment", _("an assessment of high or acute risk")
    ANSWER = "answer", _("an answer in a questionnaire")
    PERSON = "person", _("somebody's decision")
