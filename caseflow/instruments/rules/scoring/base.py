"""What every scoring rule is made of. Pure: a rule knows answers, and neither people nor the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from caseflow.instruments.enums import Alarm, Respondent

Answers = Mapping[str, int | None]  # by question; None is "I'd rather not answer", a missing key was not answered
NO, YES = 0, 1
NOT_SCORED = "not_scored"
ALARMS = tuple(Alarm)  # the least pressing first


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the questions that has a sum and a limit of its own."""

    name: str
    total: int
    limit: int

    @property
    def reached(self) -> bool:
        return self.total >= self.limit


@dataclass(frozen=True, slots=True)
class Score:
    """What a rule makes of answers.

    `band` is a code; `total` is what a history draws, None where nothing is summed; `missing` counts the questions that
    the rule needs and that have no answer, refusals among them; `open_questions` are those about suicide among these.
    """

    band: str
    total: int | None = None
    needs_assessment: bool = False
    missing: int = 0
    open_questions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    prorated: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """How a history of totals is drawn: 0 to `highest`, where nothing is summed 0; `limits` are where bands begin."""

    highest: int
    limits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A scoring rule with the version that results are kept with.

    `questions` are in the order in which they are asked, each with the values it can be answered by. `asks` says
    whether a question is to be asked after these answers; `alarm` is the most pressing one that they raise.
    """

    name: str
    version: int
    questions: Mapping[str, tuple[int, ...]]
    respondents: frozenset[Respondent]
    scores: Callable[[Answers], Score]
    asks: Callable[[str, Answers], bool] = lambda _question, _answers: True
    alarms: Callable[[Answers], Alarm | None] = lambda _answers: None
    axis: Axis = Axis(0, ())

    def asked(self, answers: Answers) -> tuple[str, ...]:
        """The questions that are to be asked after these answers, in order."""
        return tuple(question for question in self.questions if self.asks(question, answers))

    def counted(self, answers: Answers) -> Answers:
        """The answers that count: what was answered and is no longer asked, since somebody went back, is left out."""
        asked = self.asked(answers)
        return {question: value for question, value in answers.items() if question in asked}

    def score(self, answers: Answers) -> Score:
        """What the answers come to; never fails, whatever is missing."""
        return self.scores(self.counted(answers))

    def alarm(self, answers: Answers) -> Alarm | None:
        """The most pressing alarm that the answers raise."""
        return self.alarms(self.counted(answers))

    def takes(self, question: str, value: int | None) -> bool:
        """Whether this can be an answer to the question."""
        return question in self.questions and (value is None or value in self.questions[question])


def numbered(count: int, values: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Questions 1 to `count` that are all answered by the same values."""
    return {str(number): values for number in range(1, count + 1)}


def missing(answers: Answers, questions: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the questions have no answer: not reached, or refused."""
    return tuple(question for question in questions if answers.get(question) is None)


def total(answers: Answers, questions: tuple[str, ...]) -> int:
    """The sum of what was answered."""
    return sum(answers.get(question) or 0 for question in questions)


def said_yes(answers: Answers, *questions: str) -> bool:
    """Whether any of the questions was answered by yes."""
    return any(answers.get(question) == YES for question in questions)


def band_of(value: int, bands: tuple[tuple[int, str], ...]) -> str:
    """The band a value lies in; `bands` are (lowest value, code), the lowest first and beginning at 0."""
    return next(code for lowest, code in reversed(bands) if value >= lowest)


def is_worse(alarm: Alarm, than: str) -> bool:
    """Whether an alarm presses more than the one that was raised before; "" is none."""
    return not than or ALARMS.index(alarm) > ALARMS.index(Alarm(than))


def sum_rule(
    name: str, *, count: int, highest: int, bands: tuple[tuple[int, str], ...], respondent: Respondent
) -> Rule:
    """A rule that adds `count` answers of 0 to `highest`. All bands but the lowest need assessment.

    The sources say nothing of missing answers, so nothing is estimated: with one missing there is no score.
    """
    questions = numbered(count, tuple(range(highest + 1)))
    return Rule(
        name=name,
        version=1,
        questions=questions,
        respondents=frozenset({respondent}),
        scores=partial(_whole_sum, questions=tuple(questions), bands=bands),
        axis=Axis(count * highest, tuple(lowest for lowest, _code in bands[1:])),
    )


def _whole_sum(answers: Answers, questions: tuple[str, ...], bands: tuple[tuple[int, str], ...]) -> Score:
    unanswered = len(missing(answers, questions))
    if unanswered:
        return Score(NOT_SCORED, missing=unanswered)
    summed = total(answers, questions)
    band = band_of(summed, bands)
    return Score(band, summed, needs_assessment=band != bands[0][1])
