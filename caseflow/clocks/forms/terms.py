from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseflow.clocks.enums import Basis, Unit
from caseflow.clocks.models import DeadlineRule
from caseflow.clocks.services import NewTerm

LARGEST = 100_000_000


class TermForm(forms.Form):
    """What holds for a code from a day on. What stands against it is said by `change_term`."""

    amount = forms.IntegerField(label=_("How long"), min_value=0, max_value=LARGEST)
    unit = forms.ChoiceField(label=pgettext_lazy("of a term", "Unit"), choices=Unit.choices)
    basis = forms.ChoiceField(label=_("What time counts"), choices=Basis.choices)
    longest_pause = forms.IntegerField(
        label=_("Longest pause, in days"), help_text=_("0: it cannot be paused"), min_value=0, max_value=LARGEST
    )
    longest_extension = forms.IntegerField(
        label=_("Longest extension, in the unit of the term"),
        help_text=_("0: it cannot be extended"),
        min_value=0,
        max_value=LARGEST,
    )
    source = forms.CharField(
        label=_("Source"), help_text=_("The act with its number and date, or whose decision it is"), max_length=200
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    effective_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, rule: DeadlineRule, *args: Any, **kwargs: Any) -> None:
        begins = {
            name: getattr(rule, name) for name in ("amount", "unit", "basis", "longest_pause", "longest_extension")
        }
        kwargs["initial"] = begins
        super().__init__(*args, **kwargs)
        if rule.is_fixed:
            for name in ("longest_pause", "longest_extension"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("This deadline can never be paused or extended")

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"]
        if day.year > 2100:
            raise ValidationError(_("This day lies too far ahead"))
        return day

    def new_term(self) -> NewTerm:
        """The term as `change_term` takes it."""
        return NewTerm(**self.cleaned_data)
