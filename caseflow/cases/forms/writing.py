"""What is written into a case: notes, assessments, reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.forms.inputs import area
from caseflow.cases.rules import LONGEST_NOTE, LONGEST_REASON


class NoteForm(forms.Form):
    """The quick note above the chronology."""

    text = forms.CharField(label=_("New note"), max_length=LONGEST_NOTE, widget=area(2))
    private = forms.BooleanField(label=_("Only for me and the lead"), required=False, initial=True)

    def visibility(self) -> Visibility:
        return Visibility.ME_AND_LEAD if self.cleaned_data["private"] else Visibility.TEAM


class CorrectionForm(forms.Form):
    text = forms.CharField(label=_("How it should read"), max_length=LONGEST_NOTE, widget=area(6))


class RiskSelect(forms.RadioSelect):
    """Each level with its meter, so that it is told by form as well as by its word."""

    has_meters = True


class RiskForm(forms.Form):
    level = forms.ChoiceField(label=_("Risk level"), choices=RiskLevel.choices, widget=RiskSelect)
    basis = forms.CharField(
        label=_("What the assessment is based on"),
        help_text=_("Conversation, questionnaire, observation: what was said and seen. Only psychologists read it."),
        max_length=LONGEST_NOTE,
        widget=area(6),
    )


class ReasonForm(forms.Form):
    """Why a case is opened, closed or reopened."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=area(4))


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("What came of it"), max_length=LONGEST_REASON, widget=area(3))
