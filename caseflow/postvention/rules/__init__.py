from caseflow.postvention.rules.access import AROUND_A_LOSS, COUNSELLORS, HEADS, LossRefused
from caseflow.postvention.rules.affected import needs_words
from caseflow.postvention.rules.events import LONGEST_NAME, LONGEST_WORDS, next_days, phase_of, wrong_manner
from caseflow.postvention.rules.messages import filled, lacks_hotline, unfilled, unknown_placeholders
from caseflow.postvention.rules.wording import LANGUAGES, LONGEST_TEXT, Finding, check_wording

__all__ = [
    "AROUND_A_LOSS",
    "COUNSELLORS",
    "HEADS",
    "LANGUAGES",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "LONGEST_WORDS",
    "Finding",
    "LossRefused",
    "check_wording",
    "filled",
    "lacks_hotline",
    "needs_words",
    "next_days",
    "phase_of",
    "unfilled",
    "unknown_placeholders",
    "wrong_manner",
]
