from caseflow.council.models.councils import Council, Member
from caseflow.council.models.decisions import Decision, DecisionStep, Evidence
from caseflow.council.models.sessions import AgendaItem, Attendance, Session

__all__ = ["AgendaItem", "Attendance", "Council", "Decision", "DecisionStep", "Evidence", "Member", "Session"]
