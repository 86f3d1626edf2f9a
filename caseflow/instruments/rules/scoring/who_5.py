"""WHO-5: five questions of 0 to 5; the raw sum times 4 is shown, and a raw sum below 13 is low. None may be missing."""

from caseflow.instruments.enums import Respondent
from caseflow.instruments.rules.scoring.base import NOT_SCORED, Answers, Axis, Rule, Score, missing, numbered, total

QUESTIONS = numbered(5, (0, 1, 2, 3, 4, 5))
LOW_BELOW, TIMES = 13, 4


def _score(answers: Answers) -> Score:
    every = tuple(QUESTIONS)
    unanswered = len(missing(answers, every))
    if unanswered:
        return Score(NOT_SCORED, missing=unanswered)
    raw = total(answers, every)
    low = raw < LOW_BELOW
    return Score("low" if low else "usual", raw * TIMES, needs_assessment=low)


WHO_5 = Rule(
    name="who-5",
    version=1,
    questions=QUESTIONS,
    respondents=frozenset({Respondent.PUPIL}),
    scores=_score,
    axis=Axis(100, (LOW_BELOW * TIMES,)),
)
