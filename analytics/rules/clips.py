"""What a clip of an incident may be, and how long it stays (rule 12 and the table of terms)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from analytics.enums import ClipState
from analytics.pipeline.video import Limits
from analytics.rules.refusals import text_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KEPT: Final = timedelta(days=30)
LONGEST_S: Final = 300.0
LARGEST: Final = 512 * 1024**2  # five minutes of a telephone's best picture
MOST_CLIPS: Final = 3
LEASE: Final = timedelta(seconds=90)  # longer than the decoder may be silent
UNDER_WAY: Final = (ClipState.WAITING, ClipState.MAKING)
TAKEN: Final = (*UNDER_WAY, ClipState.READY)  # what counts against the most
RENEW_EVERY_S: Final = 2.0
MOST_LOSSES: Final = 3
SHARP_FOR_S: Final = 15 * 60
SHORTEST_REASON: Final = 10
LIMITS: Final = Limits(longest_video_s=LONGEST_S, cpu_s=1200)

TEXTS: "Final[dict[str, StrPromise]]" = {
    "too_long": _("The clip is longer than five minutes. Cut it to what happened."),
    "too_large": _("The file is larger than 512 MB. Cut it to what happened."),
    "most_clips": _("This report has three clips already. Remove one first."),
    "not_under_review": _("The report is closed. Clips exist only while it is under review."),
    "short_reason": _("Write the reason in ten letters or more."),
    "upload_not_ready": _("This video is not all there yet, or was used or removed."),
    "clip_lost": _("The clip could not be made: the work broke off three times. Tell the administrator."),
}


def clip_text(code: str) -> "StrPromise":
    """The sentence of a refusal or failure of a clip."""
    return TEXTS.get(code) or text_of(code)


class ClipRefusedError(Exception):
    """A clip was refused for the reason `code`; `str()` of `text` is for the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def text(self) -> "StrPromise":
        return clip_text(self.code)
