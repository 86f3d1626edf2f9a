from caseflow.cases.forms.chronology import LineFilterForm
from caseflow.cases.forms.giving import AssignForm, BreakGlassForm, TaskForm
from caseflow.cases.forms.lists import CaseFilterForm
from caseflow.cases.forms.moving import AnswerForm, AskToCloseForm, MoveForm
from caseflow.cases.forms.writing import CorrectionForm, NoteForm, OutcomeForm, ReasonForm, RiskForm

__all__ = [
    "AnswerForm",
    "AskToCloseForm",
    "AssignForm",
    "BreakGlassForm",
    "CaseFilterForm",
    "CorrectionForm",
    "LineFilterForm",
    "MoveForm",
    "NoteForm",
    "OutcomeForm",
    "ReasonForm",
    "RiskForm",
    "TaskForm",
]
