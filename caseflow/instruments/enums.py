from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Respondent(models.TextChoices):
    """Who answers the questions."""

    PUPIL = "pupil", _("pupil")
    PARENT = "parent", _("parent")
    TEACHER = "teacher", _("teacher")


class Filling(models.TextChoices):
    """Where the answers are entered."""

    SCREEN = "screen", _("on the psychologist's screen")
    CODE = "code", _("by a one-time code")
    TYPED = "typed", _("a total that was scored elsewhere")


class State(models.TextChoices):
    GIVEN = "given", pgettext_lazy("a questionnaire", "Given")
    BEGUN = "begun", _("Begun")
    FINISHED = "finished", _("Finished")
    STOPPED = "stopped", _("Stopped")


OPEN = (State.GIVEN.value, State.BEGUN.value)


class Alarm(models.TextChoices):
    """How pressing the most pressing answer is, the least first."""

    POSITIVE = "positive", _("positive answer")
    HIGH = "high", _("high")
    ACUTE = "acute", _("acute: right now")


class TextStatus(models.TextChoices):
    """What is known of the words of a language. Only the first three are ever offered."""

    VERIFIED = "verified", _("held against the published text")
    APPROVED = "approved", _("approved translation")
    OWN = "own", _("own wording, for trying out")
    UNVERIFIED = "unverified", _("not held against the published text")
    UNAPPROVED = "unapproved", _("translation not approved")
    ABSENT = "absent", _("needs an approved translation")


OFFERED = frozenset({TextStatus.VERIFIED, TextStatus.APPROVED, TextStatus.OWN})
