"""Which state of a run may follow which. Every change is a conditional UPDATE over these pairs."""

from datetime import timedelta
from typing import Final

from analytics.enums import RunState

LEASE: Final = timedelta(seconds=8)
RENEW_EVERY: Final = timedelta(seconds=2)
DISPATCH_AGAIN_AFTER: Final = timedelta(seconds=60)
MOST_LOSSES: Final = 3

ACTIVE: Final = (RunState.QUEUED, RunState.RUNNING)
WITH_RESULT: Final = (RunState.DONE, RunState.PARTIAL)
ENDED: Final = (RunState.DONE, RunState.PARTIAL, RunState.FAILED, RunState.CANCELLED, RunState.QUARANTINED)

FOLLOWS: Final = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.CANCELLED, RunState.FAILED}),
    RunState.RUNNING: frozenset(
        {
            RunState.QUEUED,
            RunState.RUNNING,
            RunState.DONE,
            RunState.PARTIAL,
            RunState.FAILED,
            RunState.CANCELLED,
            RunState.QUARANTINED,
        }
    ),
}


def may_follow(before: str, after: str) -> bool:
    """Whether a run may go from `before` to `after`; an ended run goes nowhere."""
    return RunState(after) in FOLLOWS.get(RunState(before), frozenset())


def state_after_loss(attempt: int) -> RunState:
    """What becomes of a run whose worker was lost in its `attempt`-th try (1 the first)."""
    return RunState.QUARANTINED if attempt >= MOST_LOSSES else RunState.QUEUED
