"""PHQ-A: nine questions of 0 to 3. Question 9 or the past-month or lifetime question leads to an interview whatever the
total; three or more missing: no score; one or two: sum × 9 / answered, to the nearest whole number."""

from caseflow.instruments.enums import Alarm, Respondent
from caseflow.instruments.rules.scoring.base import (
    NO,
    NOT_SCORED,
    YES,
    Answers,
    Axis,
    Rule,
    Score,
    band_of,
    missing,
    numbered,
    said_yes,
    total,
)

NINE = tuple(numbered(9, ()))
THOUGHTS, PAST_MONTH, LIFETIME = "9", "month", "lifetime"
ABOUT_SUICIDE = (THOUGHTS, PAST_MONTH, LIFETIME)
MOST_MISSING = 2
BANDS = ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately_severe"), (20, "severe"))
OFTEN, YES_NO, DIFFICULT = (0, 1, 2, 3), (NO, YES), (0, 1, 2, 3)


def _is_positive(answers: Answers) -> bool:
    return (answers.get(THOUGHTS) or 0) >= 1 or said_yes(answers, PAST_MONTH, LIFETIME)


def _score(answers: Answers) -> Score:
    unanswered = missing(answers, NINE)
    open_questions = missing(answers, ABOUT_SUICIDE)
    left_out = len({*unanswered, *open_questions})
    positive = _is_positive(answers)
    if len(unanswered) > MOST_MISSING:
        return Score(NOT_SCORED, needs_assessment=positive, missing=left_out, open_questions=open_questions)
    summed = _to_nine(total(answers, NINE), len(NINE) - len(unanswered))
    band = band_of(summed, BANDS)
    return Score(
        band,
        summed,
        needs_assessment=positive or band != "minimal",
        missing=left_out,
        open_questions=open_questions,
        prorated=bool(unanswered),
    )


def _to_nine(summed: int, answered: int) -> int:
    """sum × 9 / answered, halves upwards, in whole numbers so that no rounding error moves a band's edge."""
    return (2 * summed * len(NINE) + answered) // (2 * answered)


def _alarm(answers: Answers) -> Alarm | None:
    return Alarm.POSITIVE if _is_positive(answers) else None


PHQ_A = Rule(
    name="phq-a",
    version=1,
    questions=numbered(9, OFTEN) | {"year": YES_NO, "difficulty": DIFFICULT, PAST_MONTH: YES_NO, LIFETIME: YES_NO},
    respondents=frozenset({Respondent.PUPIL}),
    scores=_score,
    alarms=_alarm,
    axis=Axis(27, tuple(lowest for lowest, _code in BANDS[1:])),
)
