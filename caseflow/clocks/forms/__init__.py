from caseflow.clocks.forms.away import AbsenceForm
from caseflow.clocks.forms.clock import ExtendForm, PauseForm
from caseflow.clocks.forms.duty import ShiftForm
from caseflow.clocks.forms.people import MemberChoice
from caseflow.clocks.forms.terms import TermForm

__all__ = ["AbsenceForm", "ExtendForm", "MemberChoice", "PauseForm", "ShiftForm", "TermForm"]
