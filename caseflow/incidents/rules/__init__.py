from caseflow.incidents.rules.consequences import (
    ACTS,
    DECIDERS,
    POLICE_INFORMERS,
    READERS,
    REPORTERS,
    WORDS_READERS,
    Consequences,
    consequences_of,
    in_danger,
    report_state,
)

__all__ = [
    "ACTS",
    "DECIDERS",
    "POLICE_INFORMERS",
    "READERS",
    "REPORTERS",
    "WORDS_READERS",
    "Consequences",
    "consequences_of",
    "in_danger",
    "report_state",
]
