"""Whatever a machine's own clock says, its process tells the time of the database server."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from caseflow.clocks import one_clock
from caseflow.clocks.one_clock import TOLERATED_S, OneClock

DAY_S = 24 * 3600
off = st.floats(-DAY_S, DAY_S)
passed = st.floats(0, DAY_S)


class Machine:
    """A machine whose clock is `off_s` from the server's, which starts at 0."""

    def __init__(self) -> None:
        self.server_s = self.off_s = 0.0
        self.clock = OneClock(wall=lambda: self.server_s + self.off_s, steady=lambda: self.server_s + 77)

    def ask(self) -> None:
        self.clock.read(self.server_s, self.server_s + 77)

    @property
    def told_s(self) -> float:
        return self.server_s + self.off_s + self.clock.ahead_s()


@given(off=off, later=passed, stepped=off)
def test_the_time_told_is_the_servers_before_and_after_a_step_of_the_own_clock(
    off: float, later: float, stepped: float
) -> None:
    machine = Machine()
    machine.off_s = off
    machine.ask()
    assert abs(machine.told_s - machine.server_s) <= TOLERATED_S
    machine.server_s += later
    machine.off_s = stepped
    assert abs(machine.told_s - machine.server_s) <= TOLERATED_S + 1e-6


@given(off=off, later=passed)
def test_who_has_asked_nobody_tells_the_own_time(off: float, later: float) -> None:
    machine = Machine()
    machine.off_s, machine.server_s = off, later
    assert machine.told_s == later + off


def test_a_machine_that_keeps_the_time_is_not_corrected() -> None:
    machine = Machine()
    machine.off_s = TOLERATED_S * 0.9
    machine.ask()
    assert machine.clock.ahead_s() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_connection_brings_the_servers_time(hours: int, on_postgresql: None, monkeypatch: pytest.MonkeyPatch) -> None:
    by = timedelta(hours=hours)
    wrong = OneClock(wall=lambda: time.time() + by.total_seconds())
    monkeypatch.setattr(one_clock, "one_clock", wrong)
    monkeypatch.setattr(one_clock, "_own_now", lambda: datetime.now(UTC) + by)
    assert abs(timezone.now() - datetime.now(UTC)) > timedelta(minutes=59)
    other = connections.create_connection("default")
    try:
        other.connect()
    finally:
        other.close()
    assert abs(timezone.now() - datetime.now(UTC)) < timedelta(seconds=TOLERATED_S * 2)
    assert abs(timezone.localtime() - datetime.now(UTC)) < timedelta(seconds=TOLERATED_S * 2)
