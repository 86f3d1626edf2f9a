"""Workers, deaths, sweeps and people in any order: a run has one holder at a time and ends once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from analytics.enums import RunState
from analytics.models import AnalysisRun
from analytics.rules.run_states import FOLLOWS, MOST_LOSSES
from analytics.services import sweeping
from analytics.services.ending import cancel_run, end_without_result
from analytics.services.leases import Holding, claim_run
from tests.analytics.factories import lesson, run_of


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was sent to the workers."""
    messages: list[object] = []
    monkeypatch.setattr(sweeping, "send_run", messages.append)
    return messages


class RunMachine(RuleBasedStateMachine):
    """The model is the table of states and one holder."""

    def __init__(self) -> None:
        super().__init__()
        self.where = lesson(pupils=1)
        self.run_id = run_of(self.where).pk
        self.state = RunState.QUEUED
        self.holders: list[Holding] = []
        self.ends = 0

    def _row(self) -> AnalysisRun:
        return AnalysisRun.objects.get(pk=self.run_id)

    @rule()
    def claim(self) -> None:
        holding = claim_run(self.run_id)
        if holding is not None:
            self.holders.append(holding)

    @precondition(lambda self: self.state == RunState.RUNNING)
    @rule(by=st.sampled_from([timedelta(seconds=-1), timedelta(hours=1)]))
    def die(self, by: timedelta) -> None:
        """Its lease runs out, or the clock by which it was given is set back."""
        AnalysisRun.objects.filter(pk=self.run_id).update(lease_until=timezone.now() + by)

    @rule()
    def sweep(self) -> None:
        sweeping.sweep()

    @precondition(lambda self: self.holders)
    @rule(which=st.integers(0, 5), state=st.sampled_from([RunState.FAILED, RunState.CANCELLED]))
    def end(self, which: int, state: RunState) -> None:
        holding = self.holders[which % len(self.holders)]
        self.ends += end_without_result(holding, state, "")

    @precondition(lambda self: self.holders)
    @rule(which=st.integers(0, 5))
    def renew(self, which: int) -> None:
        holding = self.holders[which % len(self.holders)]
        row = self._row()
        assert holding.renew() == (row.state == RunState.RUNNING and row.worker == holding.worker)

    @rule()
    def cancel(self) -> None:
        cancel_run(self.where.psychologist, self.run_id)

    @invariant()
    def every_step_is_allowed(self) -> None:
        row = self._row()
        after = RunState(row.state)
        assert after == self.state or after in reachable(self.state)
        assert row.attempt <= MOST_LOSSES
        assert self.ends <= 1
        self.state = after

    @invariant()
    def at_most_one_worker_holds_it(self) -> None:
        row = self._row()
        if row.state == RunState.RUNNING:
            assert [holding.worker for holding in self.holders].count(row.worker) == 1


def reachable(before: RunState) -> set[RunState]:
    """One call may take two steps (a sweep takes back, then nothing): what follows, and what follows that."""
    direct = set(FOLLOWS.get(before, ()))
    return direct | {after for step in direct for after in FOLLOWS.get(step, ())}


class RunMachineTest(TestCase):
    def test_a_run_has_one_holder_and_ends_once(self) -> None:
        run_state_machine_as_test(
            RunMachine,
            settings=settings(
                max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
