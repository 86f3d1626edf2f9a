"""Exact counts, source by source, of what the product itself wrote down."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.alarms.enums import Finding
from caseflow.alarms.models import Alarm, Drill
from caseflow.alarms.services import accept
from caseflow.cases.models import Case
from caseflow.clocks.enums import Outcome
from caseflow.clocks.models import Clock
from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.selectors.figures import NOT_OPEN, OPEN
from caseflow.directory.models import Region, School
from caseflow.directory.selectors.figures import NO, YES
from caseflow.incidents.enums import Category
from caseflow.indicators.rules.sources import SOURCES
from caseflow.indicators.selectors.counting import Asked, count, lengths
from caseflow.referrals.enums import Move
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.figures import ENDED
from caseflow.referrals.services import act_on
from tests.alarms.buttons import wall_button
from tests.alarms.drills import armed
from tests.alarms.drills import officer_of as drill_officer
from tests.alarms.factories import Territory, pressed, staff_phone, territory
from tests.cases.factories import case_of, psychologist
from tests.consent.factories import given, line
from tests.directory.factories import (
    CameraFactory,
    GuardianshipFactory,
    PupilFactory,
    RoomFactory,
    SchoolFactory,
    SchoolYearFactory,
)
from tests.incidents.factories import reported, teacher_at
from tests.referrals.factories import officer_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def school(here: Territory) -> School:
    return here.school


def asked(region: Region, *, now: datetime | None = None, days: int = 0) -> Asked:
    """Today, or so many days around it."""
    today = timezone.localdate()
    return Asked(region, today - timedelta(days=days), today + timedelta(days=days), now or timezone.now())


def of(school: School, source: str, **when: object) -> dict[str, int]:
    """By value, for the school's district."""
    found = count(source, asked(school.district.region, **when))  # type: ignore[arg-type]
    return {value: number for (district, value), number in found.items() if district == school.district_id}


def test_a_source_counts_its_own_values_alone(school: School) -> None:
    for code, source in SOURCES.items():
        assert set(of(school, code)) <= set(source.values), code


def test_events_and_talk_of_self_harm_are_counted_apart(school: School) -> None:
    psychologist(school)
    teacher = teacher_at(school)
    for category in (Category.VIOLENCE, Category.SELF_HARM, Category.SELF_HARM):
        reported(teacher, category=category)
    assert of(school, "incidents") == {"violence": 1}
    assert of(school, "self_harm") == {"all": 2}
    for kind in ("psychological", "legal"):
        assert of(school, kind) == {Outcome.WAITING: 1}


def test_a_drill_is_no_alarm_unless_its_presser_says_it_is_real(here: Territory, school: School) -> None:
    officer = drill_officer(school)
    first, second = wall_button(school), wall_button(school)
    for wall in (first, second):
        armed(officer, wall.device)
        accept(here.operator, wall.press().pk)
    Drill.objects.filter(device=second.device).update(real_at=timezone.now())
    Alarm.objects.filter(pk=accept(here.operator, pressed(here.phone).pk).pk).update(finding=Finding.MISTAKE)
    assert of(school, "alarms") == {"real": 1, "mistake": 1}
    assert of(school, "drills") == {"held": 1}
    assert of(school, "tested_buttons") == {YES: 1}


def test_lengths_are_those_of_real_alarms(here: Territory, school: School) -> None:
    at = timezone.now()
    for seconds in (20, 90):
        alarm = accept(here.operator, pressed(staff_phone(school)).pk)
        Alarm.objects.filter(pk=alarm.pk).update(pressed_at=at, accepted_at=at + timedelta(seconds=seconds))
    wall = wall_button(school)
    armed(drill_officer(school), wall.device)
    accept(here.operator, wall.press().pk)
    found = lengths("accepting", asked(school.district.region))
    assert sorted(found[school.district_id]) == [20.0, 90.0]
    assert lengths("arriving", asked(school.district.region)) == {}


def test_schools_are_counted_by_what_they_have(here: Territory, school: School) -> None:
    bare = SchoolFactory.create(district=school.district)
    CameraFactory.create(room=RoomFactory.create(school=school), wired_to_police=True)
    CameraFactory.create(room=RoomFactory.create(school=bare))
    wall_button(bare)
    assert of(school, "schools") == {"all": 2}
    assert of(school, "cameras") == {YES: 2}
    assert of(school, "wired") == {YES: 1, NO: 1}
    assert of(school, "fixed_buttons") == {YES: 1, NO: 1}
    assert of(school, "mobile_buttons") == {YES: 1, NO: 1}  # the phone of the territory
    assert of(school, "tested_buttons") == {NO: 2}


def test_cases_are_counted_on_the_days_they_open_and_close(school: School) -> None:
    who = psychologist(school)
    cases = [case_of(who) for _each in range(3)]
    Case.objects.filter(pk=cases[0].pk).update(closed_at=timezone.now(), stage="closed")
    Case.objects.filter(pk=cases[1].pk).update(opened_at=timezone.now() - timedelta(days=1))
    assert (of(school, "opened"), of(school, "closed")) == ({"all": 2}, {"all": 1})
    assert of(school, "opened", days=1) == {"all": 3}


def test_referrals_are_counted_by_what_came_of_the_answer(school: School) -> None:
    who = psychologist(school)
    case = case_of(who)
    officer = officer_of(case)
    _waiting, accepted, rejected, silent, late, answered = (sent(who, case, officer) for _each in range(6))
    for referral in (accepted, late, answered):
        act_on(officer, referral.pk, Move.ACCEPT)
    act_on(officer, rejected.pk, Move.REJECT, words="Не наш профиль")
    for referral in (late, answered):
        act_on(officer, referral.pk, Move.ANSWER, words="Принят на учёт")
    _make_due(silent, "accept_clock")
    _make_due(late, "answer_clock")
    assert of(school, "referrals") == {
        Outcome.WAITING: 2,
        ENDED: 1,
        Outcome.MISSING: 1,
        Outcome.LATE: 1,
        Outcome.IN_TIME: 1,
    }


def _make_due(referral: Referral, clock: str) -> None:
    """As if its deadline had been an hour before now."""
    held = getattr(Referral.objects.get(pk=referral.pk), clock)
    due = timezone.now() - timedelta(hours=1)
    Clock.objects.filter(pk=held.pk).update(started_at=due - timedelta(days=1), warn_at=due, due_at=due)


def test_consent_is_counted_as_it_stood_on_the_last_day(school: School) -> None:
    SchoolYearFactory.create(region=school.district.region)
    agreed, withdrew, _never, left = (PupilFactory.create(school=school) for _each in range(4))
    left.left_on = timezone.localdate() - timedelta(days=3)
    left.save()
    now = timezone.now()
    for pupil in (agreed, withdrew):
        guardianship = GuardianshipFactory.create(pupil=pupil)
        given(pupil, guardianship.guardian_id, Purpose.MOOD_ANALYSIS, now - timedelta(days=2))
        if pupil == withdrew:
            line(
                pupil,
                EventKind.WITHDRAWN,
                now - timedelta(days=1),
                guardian_id=guardianship.guardian_id,
                purpose=Purpose.MOOD_ANALYSIS,
            )
    assert of(school, "mood_consent") == {OPEN: 1, NOT_OPEN: 2}


def test_a_source_costs_one_query_however_much_there_is(
    here: Territory, school: School, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    psychologist(school)
    teacher = teacher_at(school)
    region = school.district.region
    expected = dict.fromkeys(SOURCES, 1) | {"alarms": 2, "mood_consent": 1 + 3}
    SchoolYearFactory.create(region=region)
    guardianship = GuardianshipFactory.create(pupil=PupilFactory.create(school=school))
    given(guardianship.pupil, guardianship.guardian_id, Purpose.MOOD_ANALYSIS)
    for _round in range(2):
        reported(teacher)
        for code, queries in expected.items():
            with django_assert_num_queries(queries):
                count(code, asked(region))


def test_the_moment_of_a_past_period_is_its_end(school: School) -> None:
    past = Asked(school.district.region, date(2026, 1, 1), date(2026, 3, 31), timezone.now())
    assert timezone.localdate(past.end) == date(2026, 4, 1)
    assert asked(school.district.region, days=1).end <= timezone.now()
