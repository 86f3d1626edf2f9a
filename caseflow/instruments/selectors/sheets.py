"""What somebody who fills in a questionnaire sees: one question, where it stands, and nothing of whose case it is."""

from dataclasses import dataclass

from caseflow.instruments.models import Administration
from caseflow.instruments.rules.packs import Pack, Question
from caseflow.instruments.rules.scoring import Answers
from caseflow.instruments.selectors.administrations import flow_of, read_answers
from caseflow.instruments.selectors.versions import pack_of
from caseflow.protocols.models import Flow


@dataclass(frozen=True, slots=True)
class Row:
    """A question that is asked, in the language of the sheet, with what was answered so far."""

    question: str
    number: str
    text: str
    period: str
    choices: list[tuple[int, str]]
    is_answered: bool
    value: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire while it is filled in; `question` is None before the first one and after the last."""

    administration: Administration
    pack: Pack
    language: str
    answers: Answers
    question: Question | None

    @property
    def flow(self) -> Flow | None:
        """The high-risk flow that runs where an answer raised the alarm."""
        return flow_of(self.administration)

    @property
    def asked(self) -> tuple[str, ...]:
        return self.pack.rule.asked(self.answers)

    @property
    def rows(self) -> list[Row]:
        """All questions that are asked after the answers so far."""
        return [self._row(question) for question in self.pack.questions if question.id in self.asked]

    @property
    def row(self) -> Row | None:
        """The question that is shown."""
        return self._row(self.question) if self.question else None

    @property
    def lead_in(self) -> str:
        return self.pack.languages[self.language].lead_in

    @property
    def number(self) -> int:
        """The place of the question among those that are asked, from 1."""
        return self.asked.index(self.question.id) + 1 if self.question else 0

    def _row(self, question: Question) -> Row:
        return Row(
            question=question.id,
            number=self.pack.number_of(question),
            text=question.words[self.language],
            period=question.period.get(self.language, ""),
            choices=[(choice.value, choice.words[self.language]) for choice in question.choices],
            is_answered=question.id in self.answers,
            value=self.answers.get(question.id),
        )


def sheet_of(one: Administration) -> Sheet:
    """The first question that has no answer yet."""
    sheet = _sheet(one)
    open_ones = [question for question in sheet.asked if question not in sheet.answers]
    return _at(sheet, open_ones[0] if open_ones else None)


def sheet_after(one: Administration, question: str) -> Sheet:
    """The question that is asked after this one; none after the last."""
    sheet = _sheet(one)
    order = list(sheet.pack.rule.questions)
    later = [each for each in sheet.asked if order.index(each) > order.index(question)]
    return _at(sheet, later[0] if later else None)


def sheet_before(one: Administration, question: str | None) -> Sheet:
    """The question that is asked before this one, the first at the beginning; the last before the end."""
    sheet = _sheet(one)
    if question is None:
        return _at(sheet, sheet.asked[-1])
    order = list(sheet.pack.rule.questions)
    earlier = [each for each in sheet.asked if order.index(each) < order.index(question)]
    return _at(sheet, earlier[-1] if earlier else sheet.asked[0])


def sheet_at(one: Administration, question: str | None) -> Sheet:
    """This question again."""
    return _at(_sheet(one), question)


def _sheet(one: Administration) -> Sheet:
    return Sheet(one, pack_of(one.version), one.language, read_answers(one), None)


def _at(sheet: Sheet, question: str | None) -> Sheet:
    shown = sheet.pack.question(question) if question else None
    return Sheet(sheet.administration, sheet.pack, sheet.language, sheet.answers, shown)
