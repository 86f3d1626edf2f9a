"""Decided reports of the past quarters, so that the council's report has something to show. All invented."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from caseflow.accounts.models import User
from caseflow.demo.neighbours import Neighbour
from caseflow.demo.past_clocks import PastClocks
from caseflow.demo.past_words import past_report
from caseflow.demo.people import People
from caseflow.demo.quarters import Past, Trend, lesson_days, some_moment, some_of
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category, Conclusion
from caseflow.incidents.models import Incident, LegalAssessment
from caseflow.incidents.rules import consequences_of
from caseflow.records.models import DataKey
from caseflow.records.vault import new_key, seal, where
from caseflow.triage.enums import LEGAL_CODE, ItemKind, ItemState
from caseflow.triage.models import TriageItem

EVENTS: dict[Category, Trend] = {
    Category.BULLYING: Trend((41, 22, 14, 9, 6, 5, 4), (60, 30, 17, 11, 8, 8, 7)),
    Category.CYBERBULLYING: Trend((17, 9, 5, 3, 3, 2, 3), (23, 12, 7, 4, 4, 3, 4)),
    Category.VIOLENCE: Trend((33, 18, 13, 8, 6, 3, 5), (38, 21, 15, 9, 7, 5, 5)),
    Category.DOMESTIC_VIOLENCE: Trend((14, 9, 7, 5, 2, 3, 1), (12, 8, 7, 4, 2, 2, 2)),
    Category.EXTORTION: Trend((9, 6, 2, 0, 1, 0, 0), (8, 5, 3, 1, 1, 0, 0)),
    Category.CONFLICT: Trend((22, 15, 11, 8, 9, 3, 2), (20, 14, 9, 9, 8, 4, 3)),
    Category.OTHER: Trend((11, 6, 4, 3, 2, 1, 1), (9, 7, 5, 2, 2, 1, 0)),
}
# How many legal assessments of the newest quarter were never given, by district.
NEVER_ASSESSED = (4, 2, 1, 1, 0, 0, 0)
LATE_SHARE, VERY_LATE_SHARE = 0.15, 0.04
LATE_BY, VERY_LATE_BY = timedelta(hours=5), timedelta(days=4)
SEED = 20260701


@dataclass(frozen=True, slots=True)
class Event:
    """What happened at a school of the district with that number."""

    at: datetime
    district: int
    school: School
    category: Category
    is_newest: bool


def make_past_events(neighbours: tuple[Neighbour, ...], people: People, past: Past, now: datetime) -> None:
    """Reports of each quarter, spread over the schools of a district, each with both of its assessments."""
    rng, rows = np.random.default_rng(SEED), _Rows(people, neighbours)
    for event in sorted(_events(rng, neighbours, past), key=lambda event: event.at):
        rows.add(event, rng)
    rows.enter(now)


def _events(rng: np.random.Generator, neighbours: tuple[Neighbour, ...], past: Past) -> Iterator[Event]:
    for age, quarter in enumerate(past.quarters):
        days = lesson_days(quarter)
        for category, trend in EVENTS.items():
            for district, count in enumerate(past.counts(trend, age)):
                for school in some_of(rng, neighbours[district].schools, count):
                    yield Event(some_moment(rng, days), district, school, category, is_newest=age == 0)


class _Rows:
    """Reports with all that belongs to them, entered all at once."""

    def __init__(self, people: People, neighbours: tuple[Neighbour, ...]) -> None:
        self._people, self._neighbours, self._key = people, neighbours, new_key("demo")
        self._clocks = PastClocks()
        self._items: list[TriageItem] = []
        self._incidents: list[Incident] = []
        self._assessments: list[LegalAssessment] = []
        self._numbers: Counter[int] = Counter()
        self._never = list(NEVER_ASSESSED)

    def add(self, event: Event, rng: np.random.Generator) -> None:
        neighbour, school = self._neighbours[event.district], event.school
        item = self._item(event, rng)
        self._numbers[school.pk] += 1
        place, words = past_report(event.category, self._numbers[school.pk])
        reporter, role = self._reporter(neighbour, school)
        incident = Incident(
            number=self._numbers[school.pk],
            school=school,
            category=event.category,
            violence=consequences_of(event.category).violence,
            occurred_at=event.at - timedelta(hours=1),
            data_key=self._key,
            reported_by=reporter,
            reporter_role=role,
            created_at=event.at,
            triage_item=item,
        )
        incident.place_sealed = seal(self._key, place, where("incidents.Incident", incident.pk, "place"))
        incident.words_sealed = seal(self._key, words, where("incidents.Incident", incident.pk, "words"))
        self._incidents.append(incident)
        if item.legal_clock and item.legal_clock.stopped_at:
            self._assessments.append(_assessment(incident, item.legal_clock.stopped_at, neighbour, self._key))

    def enter(self, now: datetime) -> None:
        self._clocks.enter(now)
        TriageItem.objects.bulk_create(self._items)
        Incident.objects.bulk_create(self._incidents)
        LegalAssessment.objects.bulk_create(self._assessments)

    def _reporter(self, neighbour: Neighbour, school: School) -> tuple[User, Role]:
        pedagogue = neighbour.pedagogues.get(school.pk)
        return (pedagogue, Role.SOCIAL_PEDAGOGUE) if pedagogue else (self._people.staff["teacher"].user, Role.TEACHER)

    def _item(self, event: Event, rng: np.random.Generator) -> TriageItem:
        psych = self._clocks.start(consequences_of(event.category).psych_code, event.school, event.at)
        legal = self._clocks.start(LEGAL_CODE, event.school, event.at)
        for clock in (psych, legal):
            drawn = rng.random()
            late = LATE_BY if drawn < LATE_SHARE else VERY_LATE_BY if drawn < LATE_SHARE + VERY_LATE_SHARE else None
            clock.stopped_at = clock.due_at + late if late else event.at + (clock.due_at - event.at) / 2
        if event.is_newest and event.category == Category.VIOLENCE and self._never[event.district]:
            self._never[event.district] -= 1
            legal.stopped_at = None
        item = TriageItem(
            kind=ItemKind.INCIDENT,
            school=event.school,
            title_code=event.category,
            words_key=self._key,
            quality=2,
            psych_clock=psych,
            legal_clock=legal,
            due_at=psych.due_at,
            created_at=event.at,
            state=ItemState.DISMISSED,
            decided_by=self._decider(event),
            decided_at=psych.stopped_at,
            reason_code="already_handled",
        )
        self._items.append(item)
        return item

    def _decider(self, event: Event) -> User:
        neighbour = self._neighbours[event.district]
        if event.school.pk in neighbour.pedagogues:
            return neighbour.psychologists[0][1]
        return self._people.staff["psychologist"].user


def _assessment(incident: Incident, at: datetime, neighbour: Neighbour, key: DataKey) -> LegalAssessment:
    assessment = LegalAssessment(
        incident=incident, agency=neighbour.police, by=neighbour.inspector, at=at, conclusion=Conclusion.PREVENTION
    )
    place = where("incidents.LegalAssessment", assessment.pk, "text")
    assessment.text_sealed = seal(key, "Профилактическая беседа проведена.", place)
    return assessment
