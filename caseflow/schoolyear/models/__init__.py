from caseflow.schoolyear.models.ages import ComingOfAge
from caseflow.schoolyear.models.moves import SchoolMove
from caseflow.schoolyear.models.turns import ClassTurn, PupilTurn, YearTurn

__all__ = ["ClassTurn", "ComingOfAge", "PupilTurn", "SchoolMove", "YearTurn"]
