"""PSC-17, filled by a parent: internalising ≥ 5, attention ≥ 7, externalising ≥ 7, total ≥ 15; four or more blank:
invalid. Up to three blank count as 0, as the instructions of the checklist say."""

from caseflow.instruments.enums import Respondent
from caseflow.instruments.rules.scoring.base import (
    NOT_SCORED,
    Answers,
    Axis,
    Part,
    Rule,
    Score,
    missing,
    numbered,
    total,
)

QUESTIONS = numbered(17, (0, 1, 2))
PARTS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("internalising", ("2", "6", "9", "11", "15"), 5),
    ("attention", ("1", "3", "7", "13", "17"), 7),
    ("externalising", ("4", "5", "8", "10", "12", "14", "16"), 7),
)
LIMIT, MOST_BLANK = 15, 3


def _score(answers: Answers) -> Score:
    every = tuple(QUESTIONS)
    blank = len(missing(answers, every))
    if blank > MOST_BLANK:
        return Score(NOT_SCORED, missing=blank)
    parts = tuple(Part(name, total(answers, questions), limit) for name, questions, limit in PARTS)
    summed = total(answers, every)
    reached = summed >= LIMIT or any(part.reached for part in parts)
    return Score("reached" if reached else "below", summed, needs_assessment=reached, missing=blank, parts=parts)


PSC_17 = Rule(
    name="psc-17",
    version=1,
    questions=QUESTIONS,
    respondents=frozenset({Respondent.PARENT}),
    scores=_score,
    axis=Axis(34, (LIMIT,)),
)
