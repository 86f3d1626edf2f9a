from collections.abc import Mapping
from typing import Any

from django import forms

from caseflow.journals.enums import Section
from caseflow.journals.rules.reports import LONGEST_SECTION


class ReportForm(forms.Form):
    """What is said in own words, a field for each section."""

    def __init__(self, words: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data, initial=dict(words))
        for section in Section:
            self.fields[section.value] = forms.CharField(
                label=section.label,
                required=False,
                max_length=LONGEST_SECTION,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
