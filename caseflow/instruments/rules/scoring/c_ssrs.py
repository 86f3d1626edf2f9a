"""C-SSRS screener: question 2 no → on to 6; 1 or 2 low, 3 or 6 ever moderate, 4, 5 or 6 within three months high."""

from caseflow.instruments.enums import Alarm, Respondent
from caseflow.instruments.rules.scoring.base import NO, NOT_SCORED, YES, Answers, Rule, Score, missing, said_yes

THOUGHTS, AFTER_THOUGHTS = "2", ("3", "4", "5")
EVER, LATELY = "6", "6a"  # 6a: was this within the past 3 months?
QUESTIONS = ("1", THOUGHTS, *AFTER_THOUGHTS, EVER, LATELY)


def _asks(question: str, answers: Answers) -> bool:
    """Who refuses question 2 is asked 3 to 5 all the same: only a no leads past them."""
    if question in AFTER_THOUGHTS:
        return answers.get(THOUGHTS, NO) != NO
    return question != LATELY or said_yes(answers, EVER)


def _level(answers: Answers) -> str:
    if said_yes(answers, "4", "5", LATELY):
        return "high"
    if said_yes(answers, "3", EVER):
        return "moderate"
    return "low" if said_yes(answers, "1", THOUGHTS) else "none"


def _alarm(answers: Answers) -> Alarm | None:
    level = _level(answers)
    if level == "none":
        return None
    return Alarm.HIGH if level == "high" else Alarm.POSITIVE


def _score(answers: Answers) -> Score:
    level = _level(answers)
    unanswered = missing(answers, tuple(question for question in QUESTIONS if _asks(question, answers)))
    band = NOT_SCORED if level == "none" and unanswered else level
    return Score(band, needs_assessment=level != "none", missing=len(unanswered), open_questions=unanswered)


C_SSRS = Rule(
    name="c-ssrs",
    version=1,
    questions=dict.fromkeys(QUESTIONS, (NO, YES)),
    respondents=frozenset({Respondent.PUPIL}),
    scores=_score,
    asks=_asks,
    alarms=_alarm,
)
