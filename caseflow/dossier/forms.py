"""What the maker of a paper says: whose meeting it is for, in which language, and what it holds."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.documents.enums import Tongue
from caseflow.dossier.enums import Form, Kind, Meeting
from caseflow.dossier.rules import LONGEST_PURPOSE, Wanted, ticked_beforehand
from caseflow.dossier.selectors.offering import Choice


class DossierForm(forms.Form):
    """`choices` are what may be ticked; those that are confidential never are beforehand."""

    meeting = forms.ChoiceField(label=_("Whose meeting is it for?"), choices=Meeting.choices)
    purpose = forms.CharField(
        label=_("Which meeting, in a few words"),
        help_text=_("Stands on every page beside your name and is kept. For example: talk with the mother."),
        max_length=LONGEST_PURPOSE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tongue = forms.ChoiceField(
        label=_("Language of the fixed words"),
        help_text=_("What people wrote stays in the language in which they wrote it."),
        choices=Tongue.choices,
        initial=Tongue.BOTH,
    )
    parts = forms.MultipleChoiceField(
        label=_("What it holds"),
        error_messages={"required": _("Tick what the paper is to hold.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, kind: Kind, choices: Iterable[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.offered = kind, list(choices)
        parts = forms.MultipleChoiceField(
            label=self.fields["parts"].label,
            error_messages=self.fields["parts"].error_messages,
            choices=[(choice.name, choice.title) for choice in self.offered],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            initial=ticked_beforehand(kind),
        )
        self.fields["parts"] = parts

    @property
    def open_parts(self) -> list[tuple[Any, Choice]]:
        return self._ticks(confidential=False)

    @property
    def confidential_parts(self) -> list[tuple[Any, Choice]]:
        return self._ticks(confidential=True)

    def _ticks(self, *, confidential: bool) -> list[tuple[Any, Choice]]:
        """The boxes with what each of them ticks."""
        pairs = zip(self["parts"], self.offered, strict=True)
        return [(box, choice) for box, choice in pairs if choice.confidential == confidential]

    def wanted(self, form: Form) -> Wanted:
        """What was asked for, once the form is valid."""
        given = self.cleaned_data
        return Wanted(
            kind=self.kind,
            form=form,
            meeting=Meeting(given["meeting"]),
            purpose=given["purpose"],
            tongue=Tongue(given["tongue"]),
            parts=frozenset(given["parts"]),
            since=given.get("since"),
            until=given.get("until"),
        )


class ChronologyForm(DossierForm):
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


FORMS: dict[Kind, type[DossierForm]] = {Kind.PROFILE: DossierForm, Kind.CHRONOLOGY: ChronologyForm}
