from caseflow.clocks.selectors.deadlines import (
    UnknownDeadlineError,
    calendar_of,
    is_working_day,
    out_of_hours,
    public_holidays,
    reading,
    rule_in_force,
    rules_in_force,
)

__all__ = [
    "UnknownDeadlineError",
    "calendar_of",
    "is_working_day",
    "out_of_hours",
    "public_holidays",
    "reading",
    "rule_in_force",
    "rules_in_force",
]
