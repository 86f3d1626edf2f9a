from caseflow.alarms.selectors.calling import operators_of, rungs_of
from caseflow.alarms.selectors.reading import AlarmView, presser_of, view_of
from caseflow.alarms.selectors.scope import centre_of, scoped_alarms

__all__ = [
    "AlarmView",
    "centre_of",
    "operators_of",
    "presser_of",
    "rungs_of",
    "scoped_alarms",
    "view_of",
]
