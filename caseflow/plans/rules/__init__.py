from caseflow.plans.rules.access import CASE_WORKERS, SUPPORTERS
from caseflow.plans.rules.signatures import Mark, is_ink, path_of, read_ink
from caseflow.plans.rules.texts import (
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_LINES,
    STEPS,
    Line,
    PlanText,
    empty_text,
    heaviest_step,
    missing_to_sign,
    read_text,
)
from caseflow.plans.rules.written import both, fields_of, read_out, text_in

__all__ = [
    "CASE_WORKERS",
    "LONGEST_LINE",
    "LONGEST_NAME",
    "MOST_LINES",
    "STEPS",
    "SUPPORTERS",
    "Line",
    "Mark",
    "PlanText",
    "both",
    "empty_text",
    "fields_of",
    "heaviest_step",
    "is_ink",
    "missing_to_sign",
    "path_of",
    "read_ink",
    "read_out",
    "read_text",
    "text_in",
]
