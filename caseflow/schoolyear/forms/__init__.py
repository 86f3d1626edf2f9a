from caseflow.schoolyear.forms.moves import LeavingForm, TakeInForm
from caseflow.schoolyear.forms.staff import EndingRolesForm, HandOverForm, SubstituteForm

__all__ = ["EndingRolesForm", "HandOverForm", "LeavingForm", "SubstituteForm", "TakeInForm"]
