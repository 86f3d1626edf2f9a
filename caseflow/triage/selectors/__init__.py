from caseflow.triage.selectors.day import Day, SchoolLoad, day_of, next_due
from caseflow.triage.selectors.queue import (
    Row,
    items_of_case,
    linkable_cases,
    psychologists_of,
    reasons_of,
    row_of,
    rows_of,
    scoped_items,
    waiting,
    waiting_counts,
    words_of,
)

__all__ = [
    "Day",
    "Row",
    "SchoolLoad",
    "day_of",
    "items_of_case",
    "linkable_cases",
    "next_due",
    "psychologists_of",
    "reasons_of",
    "row_of",
    "rows_of",
    "scoped_items",
    "waiting",
    "waiting_counts",
    "words_of",
]
