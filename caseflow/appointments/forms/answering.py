"""What became of an appointment, as it is said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.appointments.enums import CalledOffBy, Reach
from caseflow.appointments.rules import LONGEST_TEXT
from caseflow.cases.forms.inputs import area


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why, if it is known"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AbsenceForm(forms.Form):
    """Why somebody did not come. The participants stand beside it, as tick boxes named `absent`."""

    reason = _reason()


class CallOffForm(forms.Form):
    by = forms.ChoiceField(label=_("Who called it off"), choices=CalledOffBy.choices)
    reason = _reason()
    reach = forms.ChoiceField(
        label=_("What is called off"),
        choices=Reach.choices,
        initial=Reach.ONE,
        required=False,
        widget=forms.RadioSelect,
    )

    def wish(self) -> dict[str, Any]:
        """As `call_off` takes it."""
        said = self.cleaned_data
        return {"by": CalledOffBy(said["by"]), "reason": said["reason"], "reach": Reach(said["reach"] or Reach.ONE)}


class CorrectForm(forms.Form):
    """Why what was said was wrong; that a reason is needed, the service says."""

    reason = forms.CharField(label=_("What was wrong"), required=False, max_length=LONGEST_TEXT, widget=area(2))
