"""The questionnaires of cases: whose they are, what stands in them, and what a history draws."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.rules import Obstacle
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.selectors.pages import CaseFile, case_file
from caseflow.directory.actors import Actor
from caseflow.directory.templatetags.ui import shortdate
from caseflow.instruments.enums import OPEN, Filling
from caseflow.instruments.models import Administration
from caseflow.instruments.rules.chart import Drawing, draw
from caseflow.instruments.rules.packs import Pack
from caseflow.instruments.rules.scoring import NOT_SCORED, Answers, Part, Score
from caseflow.instruments.selectors.versions import pack_of
from caseflow.instruments.texts import PARTS, band_name
from caseflow.protocols.models import Flow
from caseflow.protocols.selectors import running_high_risk
from caseflow.records.vault import unseal, where

LABEL = "instruments.Administration"


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire as lists show it; `score` is None while it is not scored."""

    administration: Administration
    pack: Pack
    score: Score | None

    @property
    def band(self) -> str:
        return band_name(self.administration.rule, self.score.band) if self.score else ""

    @property
    def parts(self) -> list[tuple[str, Part]]:
        """The parts that have a sum and a limit of their own, with their names."""
        return [(str(PARTS[part.name]), part) for part in self.score.parts] if self.score else []

    @property
    def is_scored(self) -> bool:
        """Whether the answers were enough for the rule to say something."""
        return self.score is not None and self.score.band != NOT_SCORED

    @property
    def highest(self) -> int:
        """The greatest total there can be, 0 where nothing is summed."""
        return self.pack.rule.axis.highest

    @property
    def code_has_ended(self) -> bool:
        """Whether it waits for answers by a code that works no more."""
        one = self.administration
        waits = one.is_open and one.filling == Filling.CODE
        return waits and (one.code_expires_at is None or one.code_expires_at <= timezone.now())


@dataclass(frozen=True, slots=True)
class History:
    """The totals of one instrument over time, newest last, and how they are drawn."""

    name: str
    respondent: str
    rows: list[Listed]
    drawing: Drawing

    @property
    def has_limits(self) -> bool:
        return any(level.is_limit for level in self.drawing.levels)

    @property
    def sentence(self) -> str:
        """What the drawing shows, for readers by ear."""
        said = [f"{shortdate(dot.at)}: {dot.total}" for dot in self.drawing.dots]
        return gettext("%(name)s, totals by day: %(all)s") % {"name": self.name, "all": "; ".join(said)}


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """All questionnaires of a case, the newest first, with the histories of those that have totals."""

    file: CaseFile
    rows: list[Listed]
    histories: list[History]

    @property
    def case(self) -> Case:
        return self.file.case


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with what was answered, in the words of the language it was filled in.

    `said` is "" for what was not answered; `is_asked` is False for what the rule did not lead to.
    """

    question: str
    number: str
    text: str
    period: str
    value: int | None
    said: str
    is_refused: bool
    is_asked: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One questionnaire with its answers in clear."""

    listed: Listed
    rows: list[AnswerRow]
    source: dict[str, str]

    @property
    def administration(self) -> Administration:
        return self.listed.administration

    @property
    def flow(self) -> Flow | None:
        """The high-risk flow that runs where an answer raised the alarm."""
        return flow_of(self.administration)

    @property
    def language(self) -> str:
        """The language of the questions as they were shown."""
        return self.administration.language or self.listed.pack.original


def administrations_in_reach(actor: Actor) -> QuerySet[Administration]:
    """Those of the cases that the actor may open."""
    return Administration.objects.filter(case__in=scoped_cases(actor).values("pk"))


def case_sheet(actor: Actor, case_id: UUID) -> CaseSheet:
    """The questionnaires of a case. Four queries. Raises Case.DoesNotExist outside the actor's scope."""
    file = case_file(actor, case_id)
    rows = [listed(one, file.case) for one in _with_versions(Administration.objects.filter(case=file.case))]
    return CaseSheet(file, rows, _histories(rows))


def result_of(actor: Actor, administration_id: UUID) -> Result:
    """One questionnaire with its answers. Raises Administration.DoesNotExist outside the actor's scope."""
    one = _with_versions(administrations_in_reach(actor)).get(pk=administration_id)
    answers, row = read_answers(one), listed(one, one.case)
    source = unseal(one.case.data_key, one.source_sealed, where(LABEL, one.pk, "source"))
    return Result(row, _answer_rows(row, answers), json.loads(source) if source else {})


def flow_of(one: Administration) -> Flow | None:
    """The high-risk flow that runs in the case, for a questionnaire that raised the alarm. One query then."""
    return running_high_risk(one.case) if one.alarm else None


def listed(one: Administration, case: Case) -> Listed:
    """The questionnaire with its score in clear."""
    sealed = unseal(case.data_key, one.result_sealed, where(LABEL, one.pk, "result"))
    return Listed(one, pack_of(one.version), read_score(sealed) if sealed else None)


def read_answers(one: Administration) -> dict[str, int | None]:
    """What was answered so far, in clear. One query, and none where answers are prefetched."""
    return {
        answer.question: json.loads(
            unseal(one.case.data_key, answer.value_sealed, where("instruments.Answer", answer.pk, "value"))
        )
        for answer in one.answers.all()
    }


def read_score(text: str) -> Score:
    """What `write_score` was given."""
    said = json.loads(text)
    parts = tuple(Part(**part) for part in said.pop("parts"))
    return Score(**{**said, "open_questions": tuple(said["open_questions"]), "parts": parts})


def write_score(score: Score) -> str:
    return json.dumps(asdict(score))


def refusal_to_close(actor: Actor, case: Case) -> Obstacle | None:
    """A questionnaire that somebody still fills in keeps the case open: its answers must find a reader."""
    given = Administration.objects.filter(case=case, state__in=OPEN).first()
    if given is None:
        return None
    said = gettext("A questionnaire of this case is still open. Finish or stop it first.")
    return Obstacle(said, reverse("instruments:administration", args=[given.pk]), gettext("To the questionnaire"))


def _with_versions(rows: QuerySet[Administration]) -> QuerySet[Administration]:
    return rows.select_related("version", "given_by", "case__data_key", "case__pupil__school_class", "case__school")


def _answer_rows(row: Listed, answers: Answers) -> list[AnswerRow]:
    rule, language = row.pack.rule, row.administration.language or row.pack.original
    asked = rule.asked(answers)
    open_questions = row.score.open_questions if row.score else ()
    rows = []
    for question in row.pack.questions:
        value, refused = answers.get(question.id), question.id in answers and answers[question.id] is None
        words = {choice.value: choice.words.get(language, "") for choice in question.choices}
        rows.append(
            AnswerRow(
                question=question.id,
                number=row.pack.number_of(question),
                text=question.words[language],
                period=question.period.get(language, ""),
                value=value,
                said="" if value is None else words[value],
                is_refused=refused,
                is_asked=question.id in asked,
                is_open=question.id in open_questions,
            )
        )
    return rows


def _histories(rows: list[Listed]) -> list[History]:
    """Of each instrument and respondent with two totals or more: one alone has no history."""
    by_instrument: dict[tuple[str, str], list[tuple[datetime, int, Listed]]] = {}
    for row in reversed(rows):
        ended, score = row.administration.ended_at, row.score
        if ended and score and score.total is not None:
            key = row.administration.rule, row.administration.respondent
            by_instrument.setdefault(key, []).append((ended, score.total, row))
    return [_history(points) for points in by_instrument.values() if len(points) > 1]


def _history(points: list[tuple[datetime, int, Listed]]) -> History:
    points.sort(key=lambda point: point[0])
    newest = points[-1][2]
    drawing = draw([(at, total) for at, total, _row in points], newest.pack.rule.axis)
    who = str(newest.administration.get_respondent_display())
    return History(newest.pack.name, who, [row for _at, _total, row in points], drawing)
