"""ASQ (NIMH): a yes or a refusal in questions 1 to 4 is positive; a yes to question 5 is acute."""

from caseflow.instruments.enums import Alarm, Respondent
from caseflow.instruments.rules.scoring.base import (
    NO,
    NOT_SCORED,
    YES,
    Answers,
    Rule,
    Score,
    missing,
    numbered,
    said_yes,
)

FIRST = ("1", "2", "3", "4")
NOW = "5"
LEVELS = ("negative", "positive", "acute")


def _is_positive(answers: Answers) -> bool:
    return any(question in answers and answers[question] in (None, YES) for question in FIRST)


def _asks(question: str, answers: Answers) -> bool:
    return question != NOW or _is_positive(answers)


def _alarm(answers: Answers) -> Alarm | None:
    if not _is_positive(answers):
        return None
    return Alarm.ACUTE if said_yes(answers, NOW) else Alarm.POSITIVE


def _score(answers: Answers) -> Score:
    positive = _is_positive(answers)
    unanswered = missing(answers, (*FIRST, NOW) if positive else FIRST)
    if positive:
        band = "acute" if said_yes(answers, NOW) else "positive"
        return Score(band, needs_assessment=True, missing=len(unanswered), open_questions=unanswered)
    return Score(NOT_SCORED if unanswered else "negative", missing=len(unanswered), open_questions=unanswered)


ASQ = Rule(
    name="asq",
    version=1,
    questions=numbered(5, (NO, YES)),
    respondents=frozenset({Respondent.PUPIL}),
    scores=_score,
    asks=_asks,
    alarms=_alarm,
)
