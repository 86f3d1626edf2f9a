from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.coordination.rules import Quarter, finished_quarters
from caseflow.coordination.wording import period_words

OFFERED_QUARTERS = 8


class ComposeForm(forms.Form):
    """Which finished quarter to release, and the council's comment."""

    quarter = forms.ChoiceField(label=_("Period"))
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands above the figures. No names."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quarters = finished_quarters(timezone.localdate(), OFFERED_QUARTERS)
        choices = [(f"{q.year}-{q.number}", period_words(q)) for q in quarters]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]

    def chosen_quarter(self) -> Quarter:
        """The chosen quarter of a valid form."""
        year, number = self.cleaned_data["quarter"].split("-")
        return Quarter(int(year), int(number))
