"""What is written into a case: notes, assessments, reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.forms.inputs import area
from caseflow.cases.forms.seen import SeenForm
from caseflow.cases.rules import LONGEST_FORMULATION, LONGEST_NOTE, LONGEST_REASON
from caseflow.drafts.forms import DraftedForm


class EventForm(DraftedForm):
    """When it happened; both fields may stay empty."""

    event_on = forms.DateField(
        label=_("Day it happened"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    event_time = forms.TimeField(
        label=_("Time, if known"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class NoteForm(EventForm):
    """The quick note above the chronology. Who says nothing of its readers writes for the fewest."""

    text = forms.CharField(label=_("New note"), max_length=LONGEST_NOTE, widget=area(2))
    visibility = forms.ChoiceField(
        label=_("Who can read it"), required=False, choices=Visibility.choices, initial=Visibility.ME_AND_LEAD
    )
    confirmed = forms.BooleanField(
        label=_("The parents may read this note. I know that it cannot be taken back."), required=False
    )

    def clean_visibility(self) -> Visibility:
        return Visibility(self.cleaned_data["visibility"] or Visibility.ME_AND_LEAD)


class CorrectionForm(SeenForm, EventForm):
    """The day and the time of the old note stay unless others are said."""

    text = forms.CharField(label=_("How it should read"), max_length=LONGEST_NOTE, widget=area(6))
    field_order = ("text", "event_on", "event_time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event_on"].help_text = _("Leave this empty if the day was right.")


class RiskSelect(forms.RadioSelect):
    """Each level with its meter, so that it is told by form as well as by its word."""

    has_meters = True


class RiskForm(SeenForm):
    level = forms.ChoiceField(label=_("Risk level"), choices=RiskLevel.choices, widget=RiskSelect)
    basis = forms.CharField(
        label=_("What the assessment is based on"),
        help_text=_("Conversation, questionnaire, observation: what was said and seen. Only psychologists read it."),
        max_length=LONGEST_NOTE,
        widget=area(6),
    )
    formulation = forms.CharField(
        label=_("How you understand it"),
        help_text=_(
            "What happened and what led to it. What makes it worse. What protects: people, plans, own strengths. No"
            " diagnosis. For high and acute risk this is required. Only psychologists read it."
        ),
        required=False,
        max_length=LONGEST_FORMULATION,
        widget=area(6),
    )


class ReasonForm(DraftedForm):
    """Why a case is opened, closed or reopened."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=area(4))


class OutcomeForm(SeenForm):
    outcome = forms.CharField(label=_("What came of it"), max_length=LONGEST_REASON, widget=area(3))
