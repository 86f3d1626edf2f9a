from caseflow.protocols.rules.flows import (
    FIRST_LOOK,
    LONGEST_PROOF,
    LOOKS,
    FlowRefused,
    StepState,
    may_end,
    may_waive,
    missing_parts,
    wrong_looks,
)
from caseflow.protocols.rules.protocols import (
    LANGUAGES,
    LONGEST_NAME,
    MOST_STEPS,
    StepFacts,
    lacks_assessment,
    lacks_second_person,
    parts_left_out,
)

__all__ = [
    "FIRST_LOOK",
    "LANGUAGES",
    "LONGEST_NAME",
    "LONGEST_PROOF",
    "LOOKS",
    "MOST_STEPS",
    "FlowRefused",
    "StepFacts",
    "StepState",
    "lacks_assessment",
    "lacks_second_person",
    "may_end",
    "may_waive",
    "missing_parts",
    "parts_left_out",
    "wrong_looks",
]
