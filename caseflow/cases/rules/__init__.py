from caseflow.cases.rules.lifecycle import MOVES, Standing, is_legal, missing_for
from caseflow.cases.rules.working import (
    CASE_ROLES,
    LONGEST_FORMULATION,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_TITLE,
    OWNER_ROLES,
    TASK_ROLES,
    CaseRefused,
    Obstacles,
    PupilHasOpenCase,
    may_read_text,
    needs_formulation,
)

__all__ = [
    "CASE_ROLES",
    "LONGEST_FORMULATION",
    "LONGEST_NOTE",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "MOVES",
    "OWNER_ROLES",
    "TASK_ROLES",
    "CaseRefused",
    "Obstacles",
    "PupilHasOpenCase",
    "Standing",
    "is_legal",
    "may_read_text",
    "missing_for",
    "needs_formulation",
]
