"""Unusual motion: how it reads in the queue, what an answer makes of it, and why an answer is refused."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from analytics.enums import DisturbanceAnswer
from analytics.rules.clips import clip_text
from caseflow.incidents.enums import Category

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KIND: Final = "disturbance"  # as the police centre's room knows it
TITLE_CODE: Final = "disturbance"
TITLE = _("Unusual motion before a camera")
LINE = _("%(seconds)s s without sound, pixelated")
QUALITY_CODE: Final = "motion_alone"
QUALITY = _("motion alone: most of it is ordinary")
WEAK: Final = 1

# A human's answer makes a report of it; "confirmed bullying" it can never be (rule 13).
BECOMES: Final = {DisturbanceAnswer.BULLYING: Category.BULLYING, DisturbanceAnswer.FIGHT: Category.VIOLENCE}
JOINS_WITHIN: Final = timedelta(days=2)
FEWEST_ANSWERS: Final = 10

TEXTS: "Final[dict[str, StrPromise]]" = {
    "no_answer": _("Choose what the clip shows."),
    "look_first": _("Look at the clip first."),
    "no_such_report": _("Choose an open report of the school, or make a new one."),
    "answered": _("Somebody was faster: it is answered already."),
    "held": _("Somebody else is deciding right now."),
    "not_confirmed": _("Confirm that the police centre is to see this clip."),
    "not_reported": _("Only what you called a fight or possible bullying goes to the police centre."),
    "sent": _("It was sent already."),
    "no_centre": _("No police centre answers alarms of this school. Phone 102."),
}


class DisturbanceRefusedError(Exception):
    """Refused for the reason `code`; `str()` of `text` is for the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def text(self) -> "StrPromise":
        return TEXTS.get(self.code) or clip_text(self.code)
