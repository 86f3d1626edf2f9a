"""When a version of a protocol may come into force."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseflow.protocols.enums import Doer, Evidence, Part

LANGUAGES = ("kk", "ru", "en")
LONGEST_NAME = 200
MOST_STEPS = 30


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What the rules ask of a step."""

    doer: str
    evidence: str
    part: str


def parts_left_out(steps: Iterable[StepFacts]) -> list[Part]:
    """The parts of rule 16 that no step stands for."""
    there = {step.part for step in steps}
    return [part for part in Part if part.value not in there]


def lacks_second_person(steps: Iterable[StepFacts]) -> bool:
    """Whether no step has the second person say that they know (fact 4)."""
    return not any(step.doer == Doer.SECOND and step.evidence == Evidence.SECOND for step in steps)


def lacks_assessment(steps: Iterable[StepFacts]) -> bool:
    """Whether no step asks for an assessment by a person (rule 4)."""
    return not any(step.evidence == Evidence.ASSESSMENT for step in steps)
