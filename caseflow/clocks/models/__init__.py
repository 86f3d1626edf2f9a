from caseflow.clocks.models.deadlines import Clock, DeadlineRule, DutyHours
from caseflow.clocks.models.duty import DutyCall, DutyRing, DutyShift

__all__ = ["Clock", "DeadlineRule", "DutyCall", "DutyHours", "DutyRing", "DutyShift"]
