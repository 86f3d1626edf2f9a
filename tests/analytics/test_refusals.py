"""Every reason has its sentence; none is shown as a bare code."""

from analytics.pipeline.errors import VIDEO_ERRORS
from analytics.pipeline.quality import Rejection
from analytics.rules.refusals import REJECTIONS, TEXTS, rejection_text


def test_every_rejection_of_a_frame_has_words() -> None:
    assert {str(reason) for reason in Rejection} <= REJECTIONS.keys()
    assert rejection_text(Rejection.COVERED) == "covered by closed seats around it"


def test_every_error_of_a_video_has_a_sentence() -> None:
    assert VIDEO_ERRORS.keys() <= TEXTS.keys()
