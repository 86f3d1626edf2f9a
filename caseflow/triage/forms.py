from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.triage.enums import Decision, DismissReason


class DecisionForm(forms.Form):
    """One of the three decisions with what it needs. What is missing for it is said by `decide`."""

    decision = forms.ChoiceField(choices=Decision.choices, error_messages={"required": _("Choose a decision")})
    reason_code = forms.ChoiceField(choices=DismissReason.choices, required=False)
    reason = forms.CharField(max_length=2000, required=False)
    case = forms.UUIDField(required=False)
    pupil = forms.UUIDField(required=False)

    def wish(self) -> dict[str, Any]:
        """The cleaned decision as `decide` takes it."""
        said = self.cleaned_data
        return {
            "decision": said["decision"],
            "reason_code": said["reason_code"],
            "reason": said["reason"],
            "case_id": said["case"],
            "pupil_id": said["pupil"],
        }
