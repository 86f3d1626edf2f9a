"""Whatever the order of sweeps, answers and crashes: each rung is told once, nobody answers twice, never silent."""

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.clocks.models import DutyCall
from caseflow.clocks.services import AlreadyAnsweredError, answer_call, ringing, sweep
from tests.clocks.factories import alerted, called, rung, staffed_school

if TYPE_CHECKING:
    from caseflow.directory.actors import Actor

ANSWER, AGAIN = timedelta(minutes=5), timedelta(minutes=10)


class CallMachine(RuleBasedStateMachine):
    """A model of one call in plain values, driven beside the real one."""

    @initialize()
    def begin(self) -> None:
        self.there = staffed_school()
        self.call = called(self.there.school)
        self.now = self.call.started_at
        self.rings, self.due = 1, self.now + ANSWER
        self.answered: Actor | None = None

    @rule(seconds=st.sampled_from([0, 1, 120, 299, 300, 600, 86400]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def sweep_once(self) -> None:
        ripe = self.answered is None and self.due <= self.now
        assert sweep(self.now) == int(ripe)
        if ripe:
            self.rings += 1
            self.due = self.now + (ANSWER if self.rings < 3 else AGAIN)

    @rule()
    def crash_while_ringing(self) -> None:
        with patch.object(ringing, "alert", side_effect=ConnectionError):
            assert sweep(self.now) == 0

    @rule()
    def sweep_that_comes_second(self) -> None:
        """It read the call before another sweep rang on, and finds nothing to do."""
        stale = DutyCall.objects.get(pk=self.call.pk)
        self.sweep_once()
        if stale.rings < self.rings or self.answered:
            with transaction.atomic():
                assert not ringing._ring(stale, self.now)

    @rule(number=st.integers(0, 2))
    def answer(self, number: int) -> None:
        who = self.there.ladder[number]
        if number >= self.rings:
            with pytest.raises(DutyCall.DoesNotExist):
                answer_call(who, self.call.pk)
        elif self.answered:
            with pytest.raises(AlreadyAnsweredError, match=str(self.call.pk)) as second:
                answer_call(who, self.call.pk)
            assert second.value.by == self.answered.user.short_name
        else:
            self.answered = who
            assert answer_call(who, self.call.pk).answered_by == who.user

    @invariant()
    def each_ring_tells_its_people_once(self) -> None:
        ladder = [who.user.pk for who in self.there.ladder]
        expected = [(number, user) for number, user in enumerate(ladder, start=1) if number <= self.rings]
        expected += [(number, user) for number in range(4, self.rings + 1) for user in ladder]
        assert rung(self.call) == expected
        assert Counter(alerted()) == Counter(user for _number, user in expected)

    @invariant()
    def it_is_never_silent_until_answered(self) -> None:
        call = DutyCall.objects.get(pk=self.call.pk)
        assert call.is_ringing == (self.answered is None)
        assert call.answered_by == (self.answered.user if self.answered else None)
        if self.answered is None:
            assert call.next_ring_at == self.due <= max(self.now, self.call.started_at) + AGAIN


@pytest.mark.django_db
def test_a_duty_call_keeps_its_promises() -> None:
    class InTransaction(CallMachine):
        def __init__(self) -> None:
            super().__init__()
            self.transaction = transaction.atomic()
            self.transaction.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    run_state_machine_as_test(
        InTransaction,
        settings=settings(
            max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
