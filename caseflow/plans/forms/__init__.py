from caseflow.plans.forms.signing import CountersignForm, SignForm
from caseflow.plans.forms.support import EndGoalForm, GoalForm, MeasureForm
from caseflow.plans.forms.writing import SafetyForm, SeenForm

__all__ = ["CountersignForm", "EndGoalForm", "GoalForm", "MeasureForm", "SafetyForm", "SeenForm", "SignForm"]
