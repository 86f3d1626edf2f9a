"""What the chronology of a case is narrowed to."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.selectors.narrowing import LineFilter

SHOWN = ("", *EntryKind.values)


class LineFilterForm(forms.Form):
    """What the page's address asks for. Anything unknown counts as not asked."""

    show = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in SHOWN])
    words = forms.CharField(
        label=_("Words in the text"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    author = forms.TypedChoiceField(label=_("Author"), required=False, coerce=int, empty_value=None)
    readers = forms.ChoiceField(
        label=_("Who can read it"), required=False, choices=[("", _("Any")), *Visibility.choices]
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        author = self.data.get("author", "")
        # Whoever the address names is looked for; whose names are offered is known once the case is read.
        self._offer([(author, author)] if author.isdecimal() and len(author) < 18 else [])

    def asked(self) -> LineFilter:
        """The filter, unknown values left out."""
        self.is_valid()
        return LineFilter(**{name: value for name, value in self.cleaned_data.items() if value})

    def offer(self, authors: Iterable[tuple[int, str]]) -> None:
        """Let the field of the author offer these people."""
        self._offer([(str(author), name) for author, name in authors])

    def _offer(self, authors: list[tuple[str, str]]) -> None:
        cast("forms.TypedChoiceField", self.fields["author"]).choices = [("", _("Anybody")), *authors]
