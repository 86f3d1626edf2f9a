"""Which lines of a journal are asked for, and how a file of them is to be."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import User
from caseflow.directory.models import SchoolYear
from caseflow.documents.forms import FileForm
from caseflow.journals.enums import Journal
from caseflow.journals.rules.access import KINDS
from caseflow.journals.selectors.lines import Asked
from caseflow.journals.selectors.years import period_of

EARLIEST, LATEST = 2000, 2100


def year_said(said: Mapping[str, str]) -> int | None:
    """The id of the year that is asked for; anything else counts as not asked."""
    text = said.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


class JournalFilter(forms.Form):
    """What of a journal is shown. Anything unknown counts as not asked."""

    journal = forms.ChoiceField(required=False, choices=Journal.choices, widget=forms.HiddenInput)
    year = forms.ChoiceField(label=_("School year"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    psychologist = forms.ChoiceField(label=_("Psychologist"), required=False)
    kind = forms.ChoiceField(label=_("Who was consulted"), required=False)

    def __init__(
        self, data: Mapping[str, Any], years: list[SchoolYear], running: SchoolYear | None, people: Iterable[User]
    ) -> None:
        self.years = years
        usual = {"year": str(running.pk) if running else "", "journal": Journal.CONSULTATIONS.value}
        super().__init__({**usual, **{name: value for name, value in data.items() if value}})
        self._choose("year", [(str(year.pk), str(year)) for year in years])
        self._choose("psychologist", [("", _("All")), *((str(one.pk), one.short_name) for one in people)])
        self.is_valid()
        kinds = KINDS[self.chosen]
        if len(kinds) > 1:
            self._choose("kind", [("", _("All")), *((kind.value, kind.label) for kind in kinds)])
            self.full_clean()
        else:
            del self.fields["kind"]
        if not years:
            del self.fields["year"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Journal:
        return Journal(self.cleaned_data.get("journal") or Journal.CONSULTATIONS)

    def asked(self) -> Asked:
        """The lines, in a period that lies in the chosen year."""
        given = self.cleaned_data
        year = next((each for each in self.years if str(each.pk) == given.get("year")), None)
        period = period_of(year).within(_sane(given.get("since")), _sane(given.get("until")))
        psychologist = given.get("psychologist") or ""
        return Asked(self.chosen, period, int(psychologist) if psychologist else None, given.get("kind") or "")


def _sane(day: date | None) -> date | None:
    return day if day and EARLIEST <= day.year <= LATEST else None


class ExportForm(FileForm):
    """How a file is to be, with names or without. Anything unknown counts as not asked."""

    names = forms.BooleanField(
        label=_("With names"),
        help_text=_("The form has them. That you took the names is written into the access log."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, names: bool = False) -> None:
        super().__init__(data)
        if not names:
            del self.fields["names"]

    def wants_names(self) -> bool:
        """Whether names are wanted."""
        self.is_valid()
        return bool(self.cleaned_data.get("names"))
