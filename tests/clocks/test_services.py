from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.clocks import watchers
from caseflow.clocks.models import Clock, DeadlineRule, DutyHours, EscalationStep
from caseflow.clocks.selectors import UnknownDeadlineError, reading, rule_in_force, rules_in_force
from caseflow.clocks.services import hasten_clock, resume_clock, start_clock, stop_clock, sweep
from caseflow.clocks.tasks import sweep_clocks
from caseflow.directory.models import SchoolBreak
from tests.directory.factories import SchoolFactory, SchoolYearFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 8, 7, tzinfo=UTC)  # Tuesday, 12:00 in Almaty
told: list[tuple[str, UUID]] = []


def tell(clock_ids: list[UUID]) -> None:
    """A watcher that writes down what the sweep had marked when it was called."""
    clocks = Clock.objects.filter(pk__in=clock_ids)
    told.extend(("missed" if clock.escalated_at else "nearing", clock.pk) for clock in clocks)


def tell_and_stop_the_others(clock_ids: list[UUID]) -> None:
    """A watcher whose work ends what other clocks run for."""
    tell(clock_ids)
    for other in Clock.objects.exclude(pk__in=clock_ids):
        stop_clock(other.pk)


def fail(_clock_ids: list[UUID]) -> None:
    raise ConnectionError


@pytest.fixture(autouse=True)
def own_watchers(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the watchers of a test, and no ladder, so that a missed clock is told of by its watchers."""
    EscalationStep.objects.all().delete()
    monkeypatch.setattr(watchers, "_watchers", {})
    told.clear()


def test_no_two_common_duty_hours_begin_on_one_day() -> None:
    """A row without a school is unique by its day, also where the database tells empty values apart."""
    there = DutyHours.objects.get(school=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        DutyHours.objects.create(opens_at=time(8), closes_at=time(9), source="[P]", effective_from=there.effective_from)


def test_the_terms_of_the_rules_are_in_force_with_their_sources() -> None:
    terms = {rule.code: (rule.amount, rule.unit, rule.basis) for rule in rules_in_force()}

    assert terms["police_informed"] == (1, "hours", "wall")
    assert terms["legal_assessment"] == (3, "days", "working")
    assert terms["psych_assessment_moderate"] == (24, "hours", "wall")
    assert terms["signal_review"] == (1, "days", "school")
    assert all(rule.source.startswith("[") for rule in rules_in_force())


def test_a_newer_rule_holds_from_its_day_on() -> None:
    DeadlineRule.objects.create(
        code="task", amount=2, unit="days", basis="school", source="[C] order", effective_from="2026-09-08"
    )

    assert rule_in_force("task", date(2026, 9, 7)).amount == 5
    assert rule_in_force("task", date(2026, 9, 8)).amount == 2


def test_an_unknown_deadline_starts_no_clock() -> None:
    with pytest.raises(UnknownDeadlineError):
        start_clock("no_such_term", SchoolFactory.create())
    assert not Clock.objects.exists()


def test_school_days_skip_breaks_and_holidays_and_working_days_only_holidays() -> None:
    school = SchoolFactory.create()
    year = SchoolYearFactory.create(
        region=school.district.region,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 5, 25),
    )
    SchoolBreak.objects.create(year=year, starts_on="2026-09-09", ends_on="2026-09-10")

    assert start_clock("psych_assessment_low", school, NOON).due_at == NOON + timedelta(days=7)
    assert start_clock("legal_assessment", school, NOON).due_at == NOON + timedelta(days=3)
    new_year = datetime(2026, 12, 31, 7, tzinfo=UTC)
    assert start_clock("signal_review", school, new_year).due_at.date() > date(2027, 1, 2)


def test_a_clock_with_a_set_end_takes_that_end() -> None:
    clock = start_clock("task", SchoolFactory.create(), NOON, due_at=NOON + timedelta(hours=8))

    assert (clock.due_at, clock.warn_at) == (NOON + timedelta(hours=8), NOON + timedelta(hours=6))
    with pytest.raises(ValueError, match="end before"):
        start_clock("task", clock.place, NOON, due_at=NOON - timedelta(hours=1))


def test_a_clock_stops_once_and_can_run_on_when_its_stop_is_taken_back() -> None:
    clock = start_clock("police_informed", SchoolFactory.create(), NOON)

    assert stop_clock(clock.pk, NOON + timedelta(minutes=5))
    assert not stop_clock(clock.pk, NOON + timedelta(minutes=9))
    clock.refresh_from_db()
    assert reading(clock).state == "done"
    assert not resume_clock(clock.pk, NOON)
    assert resume_clock(clock.pk, NOON + timedelta(minutes=5))


def test_the_sweep_tells_the_watchers_of_a_code_once_when_it_nears_and_once_when_it_is_missed() -> None:
    watchers.watch("police_", f"{__name__}.tell")
    clock = start_clock("police_informed", SchoolFactory.create(), NOON)
    start_clock("psych_assessment_moderate", clock.place, NOON)

    assert sweep(NOON + timedelta(minutes=40)) == 0
    assert sweep(NOON + timedelta(minutes=46)) == 1
    assert sweep(NOON + timedelta(minutes=50)) == 0
    assert sweep(NOON + timedelta(minutes=61)) == 1
    assert told == [("nearing", clock.pk), ("missed", clock.pk)]


def test_a_stopped_clock_is_never_told_of() -> None:
    watchers.watch("police_", f"{__name__}.tell")
    stop_clock(start_clock("police_informed", SchoolFactory.create(), NOON).pk, NOON)

    assert sweep(NOON + timedelta(days=2)) == 0
    assert told == []


def test_a_failing_watcher_takes_back_its_own_mark_alone_and_is_asked_again() -> None:
    watchers.watch("police_", f"{__name__}.fail")
    school = SchoolFactory.create()
    failing, other = (start_clock(code, school, NOON) for code in ("police_informed", "panic_dispatch"))

    assert sweep(NOON + timedelta(minutes=46)) == 2
    failing.refresh_from_db()
    other.refresh_from_db()
    assert failing.warned_at is None
    assert other.escalated_at is not None
    watchers._watchers.clear()
    assert sweep(NOON + timedelta(minutes=47)) == 1


def test_a_clock_that_stops_while_the_sweep_is_under_way_is_neither_marked_nor_told_of() -> None:
    watchers.watch("police_", f"{__name__}.tell_and_stop_the_others")
    school = SchoolFactory.create()
    clocks = {start_clock("police_informed", school, NOON).pk for _ in range(2)}

    assert sweep(NOON + timedelta(minutes=46)) == 1
    ((_stage, first),) = told
    (other,) = clocks - {first}
    assert Clock.objects.get(pk=other).warned_at is None


def test_the_task_sweeps() -> None:
    start_clock("police_informed", SchoolFactory.create(), timezone.now() - timedelta(hours=2))

    assert sweep_clocks() == 2


def test_a_clock_that_is_hastened_ends_sooner_warns_anew_and_never_ends_later() -> None:
    watchers.watch("task", f"{__name__}.tell")
    clock = start_clock("task", SchoolFactory.create(), NOON, due_at=NOON + timedelta(hours=4))
    sweep(NOON + timedelta(hours=3, minutes=1))
    now, soon = NOON + timedelta(hours=3, minutes=2), NOON + timedelta(hours=3, minutes=22)
    assert hasten_clock(clock.pk, soon, now)
    assert not hasten_clock(clock.pk, soon + timedelta(minutes=1), now)
    clock.refresh_from_db()
    assert (clock.warn_at, clock.due_at) == (now + timedelta(minutes=15), soon)
    sweep(now + timedelta(minutes=16))
    sweep(soon + timedelta(seconds=1))
    assert [what for what, _clock in told] == ["nearing", "nearing", "missed"]


def test_a_stopped_clock_is_not_hastened() -> None:
    clock = start_clock("task", SchoolFactory.create(), NOON, due_at=NOON + timedelta(hours=4))
    stop_clock(clock.pk, NOON)
    assert not hasten_clock(clock.pk, NOON + timedelta(minutes=1), NOON)
