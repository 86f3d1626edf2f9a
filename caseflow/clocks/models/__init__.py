from caseflow.clocks.models.absences import Absence
from caseflow.clocks.models.changes import ClockChange
from caseflow.clocks.models.deadlines import Clock, DeadlineRule, DutyHours
from caseflow.clocks.models.duty import DutyCall, DutyRing, DutyShift
from caseflow.clocks.models.escalation import Escalation, EscalationStep, MissedNumber

__all__ = [
    "Absence",
    "Clock",
    "ClockChange",
    "DeadlineRule",
    "DutyCall",
    "DutyHours",
    "DutyRing",
    "DutyShift",
    "Escalation",
    "EscalationStep",
    "MissedNumber",
]
