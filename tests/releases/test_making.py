"""Releases are counted once, protected together, corrected by further versions, and summed up to a year."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region, School
from caseflow.disclosure.protection import narrowed
from caseflow.disclosure.rounding import SMALL
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.indicators.rules.own import Texts
from caseflow.indicators.rules.periods import Period, finished_quarters, period_named, quarter_of
from caseflow.indicators.services import add_own
from caseflow.releases.models import Release
from caseflow.releases.rules.assembling import Counted, assemble, families
from caseflow.releases.rules.content import published_times
from caseflow.releases.selectors import counted, counted_since, latest_release, latest_releases
from caseflow.releases.services import (
    AlreadyReleasedError,
    CountsMovedError,
    PeriodNotOverError,
    QuartersMissingError,
    make_release,
    making,
    release_once,
)
from tests.coordination.test_reports import report_events, school_in
from tests.directory.factories import RegionFactory, actor

pytestmark = pytest.mark.django_db
YEAR = Period(2025)
QUARTER = Period(2025, 3)
TEXTS = Texts(*({language: f"{what} {language}" for language in ("kk", "ru", "en")} for what in ("name", "meaning")))


@pytest.fixture
def region() -> Region:
    return RegionFactory.create()


@pytest.fixture
def prosecutor(region: Region) -> Actor:
    return actor(Role.PROSECUTOR, region=region)


@pytest.fixture
def school(region: Region) -> School:
    return school_in(region, "Актау")


def events_in(school: School, quarter: Period, category: Category, count: int) -> None:
    known = set(Incident.objects.values_list("pk", flat=True))
    report_events(school, category, count)
    day = datetime(quarter.year, quarter.first_day.month, 20, 6, tzinfo=UTC)
    Incident.objects.exclude(pk__in=known).update(created_at=day)


def figure(release: Release, key: str, place: str = "region") -> int | None:
    found: int | None = release.content["figures"][key][place]
    return found


def test_periods_follow_the_calendar() -> None:
    assert (Period(2026, 4).first_day, Period(2026, 4).last_day) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (Period(2026).first_day, Period(2026).last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert quarter_of(date(2026, 3, 31)) == Period(2026, 1)
    assert finished_quarters(date(2026, 2, 1), 2) == [Period(2025, 4), Period(2025, 3)]
    assert [Period(2026, 1).before, Period(2026).before] == [Period(2025, 4), Period(2025)]
    assert Period(2026, 2).quarters == (Period(2026, 2),)
    assert Period(2026, 2).holds(date(2026, 6, 30))


@pytest.mark.parametrize("period", [Period(2026), Period(2026, 1), Period(2025, 4)])
def test_a_period_is_read_back_from_its_code(period: Period) -> None:
    assert period_named(period.code) == period


@pytest.mark.parametrize("code", ["2026-Q5", "2026-Q0", "26", "2026-Q1 ", "2026-03", ""])
def test_another_code_is_none(code: str) -> None:
    with pytest.raises(ValueError, match=r"\A" + code + r"\Z"):
        period_named(code)


@pytest.mark.parametrize("number", [-1, 5])
def test_a_year_has_four_quarters(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        Period(2026, number)


def test_a_year_is_the_sum_of_its_quarters_as_they_were_released(
    region: Region, prosecutor: Actor, school: School
) -> None:
    for quarter in YEAR.quarters:
        events_in(school, quarter, Category.VIOLENCE, 10)
        make_release(prosecutor, region, quarter)
    events_in(school, YEAR.quarters[0], Category.VIOLENCE, 30)  # reported after the release: not in it, nor in the year
    year = make_release(prosecutor, region, YEAR)
    assert figure(year, "incidents:violence") == 40
    assert year.content["parts"] == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert "mood_consent:open" not in year.content["figures"]  # as things stand on a day is nothing to be summed up


def test_what_was_nought_all_year_is_nought_in_the_year(region: Region, prosecutor: Actor, school: School) -> None:
    for quarter in YEAR.quarters:
        make_release(prosecutor, region, quarter)
    year = make_release(prosecutor, region, YEAR)
    assert (figure(year, "alarms:*"), figure(year, "incidents:*")) == (0, 0)


def test_a_year_waits_for_its_quarters(region: Region, prosecutor: Actor) -> None:
    for quarter in YEAR.quarters[:3]:
        make_release(prosecutor, region, quarter)
    with pytest.raises(QuartersMissingError) as refused:
        make_release(prosecutor, region, YEAR)
    assert refused.value.periods == (YEAR.quarters[3],)
    assert not Release.objects.filter(period="2025").exists()


def test_talk_of_self_harm_stands_in_the_year_for_the_region_alone(
    region: Region, prosecutor: Actor, school: School
) -> None:
    events_in(school, QUARTER, Category.SELF_HARM, 23)
    for quarter in YEAR.quarters:
        release = make_release(prosecutor, region, quarter)
        assert "self_harm:*" not in release.content["figures"]
        assert "self_harm" not in release.exact.counts
    assert make_release(prosecutor, region, YEAR).content["figures"]["self_harm:*"] == {"region": 25}


def test_a_correction_is_the_next_version_with_a_reason(region: Region, prosecutor: Actor, school: School) -> None:
    events_in(school, QUARTER, Category.VIOLENCE, 20)
    first = make_release(prosecutor, region, QUARTER)
    with pytest.raises(AlreadyReleasedError):
        make_release(prosecutor, region, QUARTER)
    events_in(school, QUARTER, Category.VIOLENCE, 15)
    second = make_release(prosecutor, region, QUARTER, reason="Fifteen reports came late.")
    assert (second.version, second.code, second.reason) == (2, "2025-Q3/2", "Fifteen reports came late.")
    assert (figure(first, "incidents:violence"), figure(second, "incidents:violence")) == (20, 35)
    assert latest_release(region, QUARTER) == second
    assert latest_releases(region, YEAR.quarters) == [second]
    assert release_once(prosecutor, region, QUARTER) == second
    assert AuditEntry.objects.filter(action="release", actor=prosecutor.user).count() == 2


def test_a_correction_does_not_give_a_small_count_away(region: Region, prosecutor: Actor, school: School) -> None:
    """Three events of a kind: the second version would show what the first one hid, and one more tells the rest."""
    other = school_in(region, "Бейнеу")
    events_in(school, QUARTER, Category.EXTORTION, 6)
    events_in(other, QUARTER, Category.EXTORTION, 20)
    make_release(prosecutor, region, QUARTER)
    events_in(school, QUARTER, Category.EXTORTION, 3)
    make_release(prosecutor, region, QUARTER, reason="Reports that came late.")
    assert_nothing_narrowed(region)


def assert_nothing_narrowed(region: Region) -> None:
    *earlier, last = [counted(release) for release in Release.objects.filter(region=region).order_by("made_at")]
    for family in families():
        problem = assemble(family, [*earlier, last], Counted("none", {}, frozenset(), frozenset()))
        shown = problem.released
        assert not narrowed(problem.cube, problem.exact, shown, problem.duties, problem.public, set(shown))


def test_the_figures_of_a_whole_year_narrow_nothing_together(region: Region, prosecutor: Actor, school: School) -> None:
    other = school_in(region, "Бейнеу")
    for quarter, counts in zip(YEAR.quarters, ((3, 9), (12, 1), (0, 2), (8, 30)), strict=True):
        for where, count in zip((school, other), counts, strict=True):
            events_in(where, quarter, Category.CONFLICT, count)
        make_release(prosecutor, region, quarter)
    make_release(prosecutor, region, YEAR)
    assert_nothing_narrowed(region)
    shown = {
        count
        for release in Release.objects.all()
        for key, places in release.content["figures"].items()
        if not key.startswith("schools")
        for count in places.values()
    }
    assert not shown & set(SMALL)


def test_a_running_period_is_not_released(region: Region, prosecutor: Actor) -> None:
    today = timezone.localdate()
    for period in (quarter_of(today), Period(today.year)):
        with pytest.raises(PeriodNotOverError):
            make_release(prosecutor, region, period)
    assert not Release.objects.exists()


def test_the_register_of_schools_is_counted_only_while_it_stands_so(
    region: Region, prosecutor: Actor, school: School
) -> None:
    newest = finished_quarters(timezone.localdate(), 1)[0]
    assert figure(make_release(prosecutor, region, newest), "schools:*", str(school.district_id)) == 1
    assert "schools:*" not in make_release(prosecutor, region, newest.before).content["figures"]


def test_an_own_indicator_is_counted_from_its_day_on(region: Region, prosecutor: Actor, school: School) -> None:
    add_own(
        prosecutor,
        region,
        source="incidents",
        values=["violence", "conflict"],
        texts=TEXTS,
        effective_from=QUARTER.first_day,
    )
    events_in(school, QUARTER, Category.VIOLENCE, 20)
    events_in(school, QUARTER, Category.CONFLICT, 25)
    release = make_release(prosecutor, region, QUARTER)
    assert figure(release, "incidents:conflict+violence") == 45
    assert "incidents:conflict+violence" not in make_release(prosecutor, region, QUARTER.before).content["figures"]
    assert_nothing_narrowed(region)


def test_before_the_first_report_nothing_was_counted(region: Region, school: School) -> None:
    assert counted_since(region) is None
    report_events(school, Category.CONFLICT, 1, year=2024)
    assert counted_since(region) == date(2024, 8, 20)


def test_counts_that_moved_while_they_were_counted_are_not_frozen(
    region: Region, prosecutor: Actor, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if a report came between the question for events and that for assessments."""
    district = str(school.district_id)
    counted_apart = {"incidents": {"conflict": {district: 20}}, "legal": {"in_time": {district: 21}}}
    monkeypatch.setattr(making, "counts_of", lambda *_asked: counted_apart)
    with pytest.raises(CountsMovedError):
        make_release(prosecutor, region, QUARTER)
    assert not Release.objects.exists()


def test_a_median_is_shown_from_ten_answers_and_fifteen_alarms_on() -> None:
    answers = [float(second) for second in range(10, 20)]
    alarms = {"1": 15, "2": 10, "3": None, "4": 15, "region": 40}
    found = published_times({"1": answers, "2": answers, "3": answers, "4": answers[:9]}, alarms)
    assert found == {
        "1": {"median_s": 14, "p90_s": 18},
        "2": None,
        "3": None,
        "4": None,
        "region": {"median_s": 14, "p90_s": 18},
    }
