"""A missed clock climbs its ladder: each step once, nobody twice in a sweep, none left out after downtime."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.clocks import watchers
from caseflow.clocks.models import Clock, Escalation, EscalationStep
from caseflow.clocks.rules import steps_reached
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import escalating, resume_clock, start_clock, stop_clock, sweep, tell_of_deadline
from caseflow.clocks.watchers import Told
from notifications.models import Alert
from tests.access.asking import undone
from tests.directory.factories import SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 8, 7, tzinfo=UTC)  # Tuesday, 12:00 in Almaty
HOUR = timedelta(hours=1)
LEVELS = ("school", "district", "region")
OUTSIDE = [("agency", "agency_officer"), ("region", "prosecutor"), ("district", "police_operator"), ("agency", "dpo")]
there: dict[str, list[int]] = {}


def find(_clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    return [Told(target, user, None, "/today/") for target in sorted(targets) for user in there.get(target, [])]


@pytest.fixture(autouse=True)
def own_ladder(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three steps: at the end, an hour and three hours after it. Somebody stands on two of them."""
    monkeypatch.setattr(watchers, "_watchers", {})
    monkeypatch.setattr(watchers, "_finders", {("police", f"{__name__}.find"): None})
    EscalationStep.objects.filter(code="police_informed").delete()
    for number, hours, level in ((1, 0, "school"), (2, 1, "district"), (3, 3, "region")):
        step("police_informed", number, hours, level)
    people = [UserFactory.create().pk for _ in range(3)]
    there.clear()
    there.update({f"{level}:principal": [user] for level, user in zip(LEVELS, people, strict=True)})
    there["region:principal"].append(people[0])


def step(code: str, number: int, hours: int, level: str, role: str = "principal", **facts: str) -> EscalationStep:
    wanted = {"source": "[P] test", "effective_from": "2020-09-01"} | facts
    made: EscalationStep = EscalationStep.objects.create(
        code=code, step=number, level=level, role=role, amount=hours, unit="hours", basis="wall", **wanted
    )
    return made


def missed_clock() -> Clock:
    return start_clock("police_informed", SchoolFactory.create(), NOON - HOUR)


def told() -> list[int]:
    return list(Alert.objects.order_by("pk").values_list("recipient", flat=True))


def reached(clock: Clock) -> list[tuple[int, datetime]]:
    return list(clock.escalations.values_list("step", "at"))


def test_each_step_tells_its_people_when_it_is_due() -> None:
    clock = missed_clock()
    principal, district, region = (people[0] for people in there.values())

    for after in (timedelta(0), HOUR / 2, HOUR, 2 * HOUR, 3 * HOUR, 9 * HOUR):
        sweep(NOON + after + timedelta(seconds=1))

    assert told()[:2] == [principal, district]
    assert sorted(told()[2:]) == sorted([region, principal])
    assert [number for number, _at in reached(clock)] == [1, 2, 3]
    assert list(clock.escalations.values_list("told", flat=True)) == [
        ["school:principal"],
        ["district:principal"],
        ["region:principal"],
    ]
    clock.refresh_from_db()
    assert (clock.escalation_step, clock.next_step_at) == (3, None)


def test_after_downtime_no_step_is_left_out_and_nobody_is_told_twice() -> None:
    clock = missed_clock()

    sweep(NOON + 9 * HOUR)

    assert [number for number, _at in reached(clock)] == [1, 2, 3]
    assert Counter(told()) == Counter({people[0]: 1 for people in there.values()})


def test_a_step_at_which_nobody_is_found_gives_way_to_the_next_at_once() -> None:
    del there["school:principal"]
    clock = missed_clock()

    sweep(NOON + timedelta(seconds=1))

    assert list(clock.escalations.values_list("step", "told")) == [(1, []), (2, ["district:principal"])]
    assert sweep(NOON + 2 * HOUR) == 0


def test_a_ladder_may_begin_later_than_the_term_ends() -> None:
    EscalationStep.objects.filter(step=1).update(amount=2)
    clock = missed_clock()

    sweep(NOON + HOUR)
    clock.refresh_from_db()
    assert (reached(clock), clock.next_step_at) == ([], NOON + 2 * HOUR)

    sweep(NOON + 2 * HOUR + timedelta(seconds=1))
    assert reached(clock)


def test_with_nobody_anywhere_the_ladder_ends() -> None:
    there.clear()
    clock = missed_clock()

    sweep(NOON + HOUR)
    assert sweep(NOON + 9 * HOUR) == 0

    clock.refresh_from_db()
    assert (clock.escalation_step, told()) == (3, [])


def test_a_stopped_clock_does_not_climb_and_goes_on_where_it_was_when_it_runs_again() -> None:
    clock = missed_clock()
    sweep(NOON + timedelta(minutes=1))
    stop_clock(clock.pk, NOON + HOUR)

    assert sweep(NOON + 2 * HOUR) == 0
    resume_clock(clock.pk, NOON + HOUR)
    assert sweep(NOON + 2 * HOUR) == 1
    assert [number for number, _at in reached(clock)] == [1, 2]


def test_a_failure_takes_back_the_step_and_is_tried_again() -> None:
    clock = missed_clock()
    with patch.object(escalating, "tell_of_deadline", side_effect=ConnectionError):
        sweep(NOON + timedelta(minutes=1))
    assert reached(clock) == []

    assert sweep(NOON + timedelta(minutes=2)) == 1
    assert len(told()) == 1


def test_a_sweep_that_comes_second_does_nothing() -> None:
    stale = missed_clock()
    sweep(NOON + 2 * HOUR)
    before = told()

    assert escalating._climb(stale, NOON + 2 * HOUR) == 0
    assert told() == before


def test_a_newer_ladder_holds_for_clocks_that_start_on_its_day() -> None:
    step("police_informed", 1, 7, "region", effective_from="2026-09-08")
    old = start_clock("police_informed", SchoolFactory.create(), NOON - timedelta(days=1))

    assert [rise.targets for rise in ladder_of(missed_clock())] == [("region:principal",)]
    assert len(ladder_of(old)) == 3


def test_a_step_is_never_due_before_the_one_below() -> None:
    late_first = [NOON + 5 * HOUR, NOON + HOUR]
    assert steps_reached(late_first, NOON + 2 * HOUR) == (0, NOON + 5 * HOUR)
    assert steps_reached(late_first, NOON + 5 * HOUR) == (2, None)
    assert steps_reached([], NOON) == (0, None)


@given(sweeps=st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_sweeps_and_crashes_each_step_is_reached_once_in_order(sweeps: list[tuple[int, bool]]) -> None:
    with undone():
        clock, now, done = missed_clock(), NOON, 0
        for minutes, crashes in sweeps:
            now, before = now + timedelta(minutes=minutes, seconds=1), told()
            due = sum(now >= NOON + hours * HOUR for hours in (0, 1, 3))
            with patch.object(
                escalating, "tell_of_deadline", side_effect=ConnectionError if crashes else tell_of_deadline
            ):
                sweep(now)
            done = done if crashes else due
            assert [number for number, _at in reached(clock)] == list(range(1, done + 1))
            fresh = told()[len(before) :]
            assert len(fresh) == len(set(fresh))
        assert set(told()) == {user for people in list(there.values())[:done] for user in people}


@pytest.mark.parametrize(("level", "role"), OUTSIDE)
def test_no_ladder_of_a_signal_leads_to_an_agency_police_or_prosecutor(level: str, role: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        step("signal_review", 9, 1, level, role)


def test_the_ladders_that_are_shipped_have_sources_and_keep_signals_with_the_school_service() -> None:
    rows = EscalationStep.objects.all()

    assert all(row.source.startswith("[P]") for row in rows)
    assert {row.target for row in rows if row.code == "signal_review"} == {
        "school:psychologist",
        "district:lead_psychologist",
        "region:lead_psychologist",
    }
    times = rows.values_list("code", "step", "amount", "unit", "basis").order_by().distinct()
    assert len({(code, number) for code, number, *_rest in times}) == len(times)
    assert not Escalation.objects.exists()
