"""Reports of two finished quarters, so that the council's report has something to show."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import numpy as np

from caseflow.clocks.models import Clock, Escalation
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import start_clock
from caseflow.coordination.services import compose_report
from caseflow.demo.past_words import past_report
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.models import School
from caseflow.explorer.services import publish
from caseflow.incidents.enums import Category, Conclusion
from caseflow.incidents.models import Incident, LegalAssessment
from caseflow.incidents.rules import consequences_of
from caseflow.indicators.rules.periods import Period
from caseflow.records.models import DataKey
from caseflow.records.vault import new_key, seal, where
from caseflow.triage.enums import LEGAL_CODE, ItemKind, ItemState
from caseflow.triage.models import TriageItem

# events of the newest finished quarter and of the year before, by district in the order of the places
EVENTS: dict[Category, tuple[tuple[int, ...], tuple[int, ...]]] = {
    Category.BULLYING: ((41, 22, 14, 9, 6, 5, 4), (60, 30, 17, 11, 8, 8, 7)),
    Category.CYBERBULLYING: ((17, 9, 5, 3, 3, 2, 3), (23, 12, 7, 4, 4, 3, 4)),
    Category.VIOLENCE: ((33, 18, 13, 8, 6, 3, 5), (38, 21, 15, 9, 7, 5, 5)),
    Category.DOMESTIC_VIOLENCE: ((14, 9, 7, 5, 2, 3, 1), (12, 8, 7, 4, 2, 2, 2)),
    Category.EXTORTION: ((9, 6, 2, 0, 1, 0, 0), (8, 5, 3, 1, 1, 0, 0)),
    Category.CONFLICT: ((22, 15, 11, 8, 9, 3, 2), (20, 14, 9, 9, 8, 4, 3)),
}
OPEN = ("events", "bullying", "violence", "psych_in_time", "cameras")
LATE_SHARE, MISSING_SHARE = 0.15, 0.04
LATE_BY, VERY_LATE_BY = timedelta(hours=5), timedelta(days=4)
PAST_ALL_STEPS = 9  # of any ladder
SEED = 20260701
DAYS_INTO = 60


def make_past_events(places: Places, people: People, quarter: Period) -> None:
    """Decided reports of the quarter and of the year before, the released report about them, and what is open of it."""
    rng = np.random.default_rng(SEED)
    key = new_key("demo")
    for period, of_quarter in enumerate((quarter, quarter.year_before)):
        for category, by_district in EVENTS.items():
            for school, count in zip(places.schools, by_district[period], strict=True):
                _make_events(school, category, count, of_quarter, people, key, rng)
    compose_report(people.staff["prosecutor"], region=places.region, period=quarter)
    publish(people.staff["prosecutor"], places.region, OPEN)


def _make_events(
    school: School,
    category: Category,
    count: int,
    quarter: Period,
    people: People,
    key: DataKey,
    rng: np.random.Generator,
) -> None:
    number = Incident.objects.filter(school=school).count()
    teacher, psychologist = people.staff["teacher"], people.staff["psychologist"]
    for n in range(1, count + 1):
        day = quarter.first_day + timedelta(days=int(rng.integers(0, DAYS_INTO)))
        at = datetime.combine(day, time(int(rng.integers(4, 10))), UTC)
        item = _decided_item(school, category, at, key, psychologist.user.pk, rng)
        pk, (place, words) = uuid4(), past_report(category, n)
        incident = Incident.objects.create(
            pk=pk,
            number=number + n,
            school=school,
            category=category,
            violence=consequences_of(category).violence,
            occurred_at=at - timedelta(hours=1),
            place_sealed=seal(key, place, where("incidents.Incident", pk, "place")),
            words_sealed=seal(key, words, where("incidents.Incident", pk, "words")),
            data_key=key,
            reported_by=teacher.user,
            reporter_role=teacher.role,
            created_at=at,
            triage_item=item,
        )
        if item.legal_clock and item.legal_clock.stopped_at:
            _assess(incident, item.legal_clock.stopped_at, people)


def _assess(incident: Incident, at: datetime, people: People) -> None:
    inspector, agency = people.staff["inspector"].user, people.staff["inspector"].membership.agency
    assessment = LegalAssessment(
        incident=incident, agency=agency, by=inspector, at=at, conclusion=Conclusion.PREVENTION
    )
    place = where("incidents.LegalAssessment", assessment.pk, "text")
    assessment.text_sealed = seal(incident.data_key, "Профилактическая беседа проведена.", place)
    assessment.save()


def _climb_silently(clock: Clock) -> None:
    """Nobody is alerted of last year's deadlines; that a missed one climbed its ladder stands there as proof."""
    ladder = ladder_of(clock) if clock.stopped_at is None else []
    clock.warned_at = clock.escalated_at = clock.due_at
    clock.escalation_step = PAST_ALL_STEPS
    clock.save()
    Escalation.objects.bulk_create(
        Escalation(clock=clock, step=number, at=rise.due_at, told=list(rise.targets))
        for number, rise in enumerate(ladder, start=1)
    )


def _decided_item(
    school: School, category: Category, at: datetime, key: DataKey, decided_by: int, rng: np.random.Generator
) -> TriageItem:
    follows = consequences_of(category)
    psych = start_clock(follows.psych_code, school, at)
    legal = start_clock(LEGAL_CODE, school, at)
    for clock in (psych, legal):
        missing = rng.random() <= MISSING_SHARE
        late = not missing and rng.random() < LATE_SHARE
        clock.stopped_at = clock.due_at + LATE_BY if late else at + (clock.due_at - at) / 2
        if missing:  # a decision is the psychological assessment, so that one is there by then
            clock.stopped_at = clock.due_at + VERY_LATE_BY if clock is psych else None
        _climb_silently(clock)
    return TriageItem.objects.create(
        kind=ItemKind.INCIDENT,
        school=school,
        title_code=category,
        words_key=key,
        quality=2,
        psych_clock=psych,
        legal_clock=legal,
        due_at=psych.due_at,
        created_at=at,
        state=ItemState.DISMISSED,
        decided_by_id=decided_by,
        decided_at=psych.stopped_at or psych.due_at,
        reason_code="already_handled",
    )
