"""What the list of cases is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import RiskLevel, Stage
from caseflow.cases.selectors.lists import ANY_STAGE, IN_WORK, NOT_ASSESSED, CaseFilter


class CaseFilterForm(forms.Form):
    """What the list shows. Anything unknown counts as not asked."""

    q = forms.CharField(
        label=_("Pupil"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("all", _("All of the school")), ("mine", _("Led by me"))]
    )
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[(IN_WORK, _("In work")), *Stage.choices, (ANY_STAGE, _("Open and closed"))],
    )
    risk = forms.ChoiceField(
        label=_("Risk"),
        required=False,
        choices=[("", _("Any")), *RiskLevel.choices, (NOT_ASSESSED, _("Not assessed"))],
    )

    def asked(self) -> CaseFilter:
        """The filter, unknown values left out."""
        self.is_valid()
        given = self.cleaned_data
        return CaseFilter(
            whose=given.get("whose") or "all",
            stage=given.get("stage") or IN_WORK,
            risk=given.get("risk") or "",
            query=given.get("q") or "",
        )
