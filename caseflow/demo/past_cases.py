"""Pupils of the other schools who had a case in the past quarters: opened, assessed, most of them closed. All invented.

Nothing else is told of these pupils: they have no guardians and no consents.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from caseflow.accounts.models import User
from caseflow.cases.enums import EntryKind, RiskLevel, Stage
from caseflow.cases.models import Case, ChronologyEntry, RiskAssessment
from caseflow.demo.invented import invented_people
from caseflow.demo.neighbours import Neighbour
from caseflow.demo.places import Places
from caseflow.demo.quarters import QUARTERS, Past, Trend, lesson_days, some_moment
from caseflow.directory.models import Pupil, School, SchoolClass
from caseflow.directory.services.name_keys import write_name_keys
from caseflow.records.models import DataKey
from caseflow.records.vault import new_keys, seal, where

OPENED = Trend((24, 15, 13, 9, 5, 3, 2), (20, 13, 11, 7, 4, 3, 2))
GRADES, LETTER = (5, 6, 7, 8, 9), "А"
AGE_IN_GRADE_5 = 10.5  # years at the beginning of the school year
OPEN_FOR = (25, 120)  # days
ASSESSED_AFTER = timedelta(days=3)
REASONS = (
    "Слова классного руководителя: стал молчаливым, сидит один.",
    "Просьба мамы: после переезда не хочет в школу.",
    "Ссоры в классе повторяются, нужна помощь обеим сторонам.",
    "Пропуски уроков за последний месяц.",
)
BASIS = "Беседа с учеником и классным руководителем, наблюдение на уроках."
CLOSING = "Цели помощи достигнуты, семья и классный руководитель это подтвердили."
SEED = 20260915


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened then by whoever leads it."""

    at: datetime
    district: int
    school: School
    owner: User


def make_past_cases(
    places: Places, neighbours: tuple[Neighbour, ...], past: Past, now: datetime
) -> list[tuple[int, Case]]:
    """The cases, each with the number of its district, in the order in which they were opened."""
    rng = np.random.default_rng(SEED)
    opened = sorted(_opened(rng, neighbours, past), key=lambda one: one.at)
    pupils = _make_pupils(places, opened)
    cases, numbers = [], dict.fromkeys((one.school.pk for one in opened), 0)
    for one, pupil, key in zip(opened, pupils, new_keys("case", len(opened)), strict=True):
        numbers[one.school.pk] += 1
        ends = one.at + timedelta(days=int(rng.integers(*OPEN_FOR)))
        cases.append(_case(one, pupil, key, numbers[one.school.pk], ends if ends < now else None))
    _enter(cases)
    return [(one.district, case) for one, case in zip(opened, cases, strict=True)]


def _opened(rng: np.random.Generator, neighbours: tuple[Neighbour, ...], past: Past) -> Iterator[Opened]:
    # From one quarter earlier on, so that in each of them cases are closed as well.
    for age, quarter in enumerate((*past.quarters, past.quarters[-1].before)):
        days = lesson_days(quarter)
        for district, count in enumerate(past.counts(OPENED, min(age, QUARTERS - 1))):
            there = neighbours[district].psychologists
            for number in range(count):
                yield Opened(some_moment(rng, days), district, *there[number % len(there)])


def _make_pupils(places: Places, opened: list[Opened]) -> list[Pupil]:
    """One for each, in classes of the schools of the cases."""
    schools = dict.fromkeys(one.school for one in opened)
    classes = {
        (school.pk, grade): SchoolClass(school=school, year=places.year, grade=grade, letter=LETTER)
        for school in schools
        for grade in GRADES
    }
    SchoolClass.objects.bulk_create(classes.values())
    pupils = [
        _pupil(number, one, classes[one.school.pk, GRADES[number % len(GRADES)]], names, key)
        for number, (one, names, key) in enumerate(
            zip(opened, invented_people(), new_keys("pupil", len(opened)), strict=False)
        )
    ]
    Pupil.objects.bulk_create(pupils)
    write_name_keys(pupils)
    return pupils


def _pupil(number: int, one: Opened, school_class: SchoolClass, names: tuple[str, str, str], key: DataKey) -> Pupil:
    last, first, sex = names
    years = AGE_IN_GRADE_5 + school_class.grade - GRADES[0]
    return Pupil(
        school=one.school,
        school_class=school_class,
        number=f"{school_class.grade}{number:04d}",
        last_name=last,
        first_name=first,
        sex=sex,
        birth_date=_born(school_class.year.starts_on, years, number),
        data_key=key,
    )


def _born(begins: date, years: float, number: int) -> date:
    return begins - timedelta(days=round(365.25 * years) + 7 * number % 300)


def _case(one: Opened, pupil: Pupil, key: DataKey, number: int, closed_at: datetime | None) -> Case:
    return Case(
        school=one.school,
        pupil=pupil,
        number=number,
        owner=one.owner,
        stage=Stage.CLOSED if closed_at else Stage.SUPPORT,
        stage_since=closed_at or one.at + 2 * ASSESSED_AFTER,
        opened_at=one.at,
        working_since=one.at,
        owned_since=one.at,
        closed_at=closed_at,
        data_key=key,
    )


def _enter(cases: list[Case]) -> None:
    """The cases, the assessment of each, and the lines of their chronologies."""
    Case.objects.bulk_create(cases)
    assessments = [_assessment(case, RiskLevel.MODERATE if case.number % 3 == 0 else RiskLevel.LOW) for case in cases]
    RiskAssessment.objects.bulk_create(assessments)
    for case, assessment in zip(cases, assessments, strict=True):
        case.risk, case.risk_assessment = assessment.level, assessment
    Case.objects.bulk_update(cases, ["risk", "risk_assessment"])
    ChronologyEntry.objects.bulk_create(
        line for case, assessment in zip(cases, assessments, strict=True) for line in _lines(case, assessment)
    )


def _assessment(case: Case, level: RiskLevel) -> RiskAssessment:
    assessment = RiskAssessment(case=case, level=level, by=case.owner, at=case.opened_at + ASSESSED_AFTER)
    place = where("cases.RiskAssessment", assessment.pk, "basis")
    assessment.basis_sealed = seal(case.data_key, BASIS, place)
    return assessment


def _lines(case: Case, assessment: RiskAssessment) -> Iterator[ChronologyEntry]:
    yield _line(case, EntryKind.CASE, "opened", case.opened_at, text=REASONS[case.number % len(REASONS)])
    level, ref = str(assessment.level), f"assessment:{assessment.pk}"
    yield _line(case, EntryKind.ASSESSMENT, "risk_assessed", assessment.at, params={"level": level}, ref=ref)
    if case.closed_at:
        yield _line(case, EntryKind.CASE, "closed", case.closed_at, text=CLOSING)


def _line(case: Case, kind: EntryKind, code: str, at: datetime, *, text: str = "", **also: object) -> ChronologyEntry:
    line = ChronologyEntry(case=case, kind=kind, code=code, event_at=at, recorded_at=at, author=case.owner, **also)
    line.text_sealed = seal(case.data_key, text, where("cases.ChronologyEntry", line.pk, "text"))
    return line
