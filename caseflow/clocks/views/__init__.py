from caseflow.clocks.views.away import away, away_of, end_away
from caseflow.clocks.views.clock import clock, extend, pause, resume
from caseflow.clocks.views.duty import answer, call, calls, roster, take_off
from caseflow.clocks.views.overdue import overdue
from caseflow.clocks.views.table import table, term

__all__ = [
    "answer",
    "away",
    "away_of",
    "call",
    "calls",
    "clock",
    "end_away",
    "extend",
    "overdue",
    "pause",
    "resume",
    "roster",
    "table",
    "take_off",
    "term",
]
