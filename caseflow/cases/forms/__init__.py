from caseflow.cases.forms.giving import AssignForm, BreakGlassForm, TaskForm
from caseflow.cases.forms.lists import CaseFilterForm
from caseflow.cases.forms.writing import CorrectionForm, NoteForm, OutcomeForm, ReasonForm, RiskForm

__all__ = [
    "AssignForm",
    "BreakGlassForm",
    "CaseFilterForm",
    "CorrectionForm",
    "NoteForm",
    "OutcomeForm",
    "ReasonForm",
    "RiskForm",
    "TaskForm",
]
