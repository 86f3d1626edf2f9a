"""A form of a journal as the region's lead psychologist writes it: each column with its place and titles."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caseflow.journals.enums import Journal
from caseflow.journals.models import FormVersion
from caseflow.journals.rules.columns import Column, columns_of
from caseflow.journals.rules.forms import LANGUAGES, LONGEST_SOURCE, LONGEST_TITLE
from caseflow.journals.services import NewForm

FARTHEST = 2100
NAMES = {"kk": _("Title in Kazakh"), "ru": _("Title in Russian"), "en": _("Title in English")}


class FormForm(forms.Form):
    """A form. A column without a place is left out; one without titles keeps the usual one."""

    source = forms.CharField(
        label=_("Source"),
        help_text=_("The act with its number and date, or whose decision it is"),
        max_length=LONGEST_SOURCE,
    )
    effective_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    names_persons = forms.BooleanField(
        label=_("The form names persons"),
        required=False,
        help_text=_("Only then may the column with the name be taken. Files hold names only where they are asked for."),
    )

    def __init__(self, journal: Journal, present: FormVersion | None = None, data: Any = None) -> None:
        self.journal, self.columns = journal, columns_of(journal)
        super().__init__(data, initial=_begins(present) if present else {})
        for column in self.columns:
            self.fields[f"place_{column.key}"] = forms.IntegerField(
                label=_("Place"), required=False, min_value=1, max_value=99
            )
            for language in LANGUAGES:
                name = f"title_{column.key}_{language}"
                self.fields[name] = forms.CharField(label=NAMES[language], required=False, max_length=LONGEST_TITLE)

    @property
    def facts(self) -> list[forms.BoundField]:
        return [self[name] for name in ("source", "effective_from", "names_persons")]

    @property
    def rows(self) -> list[tuple[Column, forms.BoundField, list[forms.BoundField]]]:
        """Each column with its place and its titles."""
        return [
            (
                column,
                self[f"place_{column.key}"],
                [self[f"title_{column.key}_{language}"] for language in LANGUAGES],
            )
            for column in self.columns
        ]

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"]
        if day.year > FARTHEST:
            raise ValidationError(_("This day lies too far ahead"))
        return day

    def form(self) -> NewForm:
        """As `enter_form` takes it."""
        given = self.cleaned_data
        placed = [(given[f"place_{column.key}"], column.key) for column in self.columns if given[f"place_{column.key}"]]
        return NewForm(
            journal=self.journal,
            source=given["source"],
            effective_from=given["effective_from"],
            names_persons=given["names_persons"],
            columns=[self._column(key) for _place, key in sorted(placed, key=lambda pair: pair[0])],
        )

    def _column(self, key: str) -> dict[str, Any]:
        titles = {language: self.cleaned_data[f"title_{key}_{language}"].strip() for language in LANGUAGES}
        return {"key": key, "title": titles} if any(titles.values()) else {"key": key}


def _begins(present: FormVersion) -> dict[str, Any]:
    begins: dict[str, Any] = {
        "names_persons": present.names_persons,
        "source": present.source if present.region_id else "",
    }
    for place, said in enumerate(present.columns, start=1):
        begins[f"place_{said['key']}"] = place
        for language, title in said.get("title", {}).items():
            begins[f"title_{said['key']}_{language}"] = title
    return begins
