"""What a step needs to be done, when it may be waived, and when a flow may end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from caseflow.protocols.enums import Part

LONGEST_PROOF = 4_000
# The first look after something high or acute lies between these, after the flow began (deadlines of the rules).
FIRST_LOOK = (timedelta(hours=24), timedelta(hours=72))
LAST_LOOK = timedelta(days=60)
LOOKS = 3


@dataclass(frozen=True, slots=True)
class Outside:
    """A referral made outside the system, by telephone or by calling an ambulance: to whom, and when."""

    to_whom: str
    at: datetime


class FlowRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """What was asked is not possible in this state of the flow; `str` says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class StepState:
    """A step as the rules see it: the part of rule 16 it stands for ("" for none), and whether it is settled."""

    part: str
    settled: bool


def may_waive(part: str, *, cleared: bool) -> bool:
    """Whether a step may be found not to apply, with a reason.

    The contact with the parents always may (a parent may be the danger, rule 10). Of the other parts one may only be
    when it is `cleared`: a person has assessed the risk since the flow began, and found it neither high nor acute (rule
    16). A step that is no part of them may never be: assessment and second person.
    """
    if part == Part.PARENT_CONTACT:
        return True
    return bool(part) and cleared


def missing_parts(steps: Iterable[StepState]) -> list[Part]:
    """The parts of rule 16 for which no step is settled, in their order."""
    settled = {step.part for step in steps if step.settled}
    return [part for part in Part if part.value not in settled]


def may_end(steps: Iterable[StepState]) -> bool:
    """Whether every step is settled."""
    return all(step.settled for step in steps)


def wrong_looks(started_at: datetime, looks: list[datetime], now: datetime) -> bool:
    """Whether the dates of follow-up do not do: too few, not in order, in the past, the first outside 24 to 72 hours
    after the flow began (later where that has passed: within 72 hours from now), the last beyond two months."""
    if len(looks) != LOOKS or sorted(set(looks)) != looks or looks[0] <= now:
        return True
    earliest, latest = started_at + FIRST_LOOK[0], max(started_at, now) + FIRST_LOOK[1]
    return not earliest <= looks[0] <= latest or looks[-1] > now + LAST_LOOK
