"""SDQ: its electronic form needs a licence, so there are no questions here, only a total of 0 to 40 scored elsewhere.

The table of the rules names no bands, so none are made up. And the rule of what is for trying out: it scores nothing.
"""

from caseflow.instruments.enums import Respondent
from caseflow.instruments.rules.scoring.base import NO, YES, Answers, Axis, Rule, Score, missing

HIGHEST = 40
LONGEST_SOURCE = 200  # signs, of who scored it and where
TOTAL = "total"
DEMO_QUESTIONS = {"1": (0, 1, 2), "2": (0, 1, 2), "3": (NO, YES), "4": (0, 1, 2)}


def _typed(answers: Answers) -> Score:
    return Score("typed", answers.get(TOTAL))


def _nothing(answers: Answers) -> Score:
    return Score("nothing", missing=len(missing(answers, tuple(DEMO_QUESTIONS))))


SDQ = Rule(
    name="sdq-total",
    version=1,
    questions={TOTAL: tuple(range(HIGHEST + 1))},
    respondents=frozenset(Respondent),
    scores=_typed,
    axis=Axis(HIGHEST, ()),
)
DEMO = Rule(
    name="nothing",
    version=1,
    questions=DEMO_QUESTIONS,
    respondents=frozenset(Respondent),
    scores=_nothing,
)
