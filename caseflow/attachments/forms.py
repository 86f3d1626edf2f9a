"""What is asked when a file is attached or removed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.attachments.enums import SEEN_BY
from caseflow.cases.enums import Visibility
from caseflow.cases.rules import LONGEST_REASON


class AttachForm(forms.Form):
    """Beside the files themselves: who sees them, and to which of the `lines` they belong.

    Whether the line is one that may be chosen is asked when the file is kept.
    """

    visibility = forms.ChoiceField(
        label=_("Who can see it"),
        choices=SEEN_BY,
        initial=Visibility.ME_AND_LEAD,
        required=False,
    )
    entry = forms.UUIDField(label=_("Belongs to a line of the chronology"), required=False, widget=forms.Select)

    def __init__(self, lines: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(lines)

    def offer(self, lines: Sequence[tuple[UUID, str]]) -> None:
        """Let the field of the line offer these."""
        choices = [("", _("to the case as a whole")), *((str(key), words) for key, words in lines)]
        self.fields["entry"].widget = forms.Select(choices=choices)

    def clean_visibility(self) -> Visibility:
        return Visibility(self.cleaned_data["visibility"] or Visibility.ME_AND_LEAD)


class RemoveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the file removed?"),
        help_text=_("The reason stays in the chronology. The file itself cannot be brought back."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
