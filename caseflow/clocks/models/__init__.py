from caseflow.clocks.models.deadlines import Clock, DeadlineRule, DutyHours
from caseflow.clocks.models.duty import DutyCall, DutyRing, DutyShift
from caseflow.clocks.models.escalation import Escalation, EscalationStep

__all__ = [
    "Clock",
    "DeadlineRule",
    "DutyCall",
    "DutyHours",
    "DutyRing",
    "DutyShift",
    "Escalation",
    "EscalationStep",
]
