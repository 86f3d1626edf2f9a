from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.indicators.rules.own import PLACES, Texts
from caseflow.indicators.rules.periods import quarter_of
from caseflow.indicators.wording import SOURCE_NAMES, VALUE_NAMES

LANGUAGES = ("kk", "ru", "en")
NAME_MOST, MEANING_MOST = 120, 600


def _name(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=NAME_MOST)


def _meaning(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=MEANING_MOST, widget=forms.Textarea(attrs={"rows": 2}))


class OwnIndicatorForm(forms.Form):
    """An indicator of the region's own: what is added up, and what it is called in three languages."""

    counted = forms.MultipleChoiceField(
        label=_("What is added up"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("Values of one group only."),
    )
    name_kk, name_ru, name_en = _name(_("Name in Kazakh")), _name(_("Name in Russian")), _name(_("Name in English"))
    meaning_kk = _meaning(_("What it means, in Kazakh"))
    meaning_ru = _meaning(_("What it means, in Russian"))
    meaning_en = _meaning(_("What it means, in English"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counted"].choices = [  # type: ignore[attr-defined]
            (SOURCE_NAMES[source], [(f"{source}:{value}", name) for value, name in VALUE_NAMES[source].items()])
            for source in PLACES
        ]

    @property
    def groups(self) -> list[tuple[str, list[BoundWidget]]]:
        """The boxes by what they are counted from."""
        boxes = list(self["counted"])
        return [
            (str(SOURCE_NAMES[source]), [box for box in boxes if box.data["value"].startswith(f"{source}:")])
            for source in PLACES
        ]

    def clean_counted(self) -> list[str]:
        """The values; all of one source."""
        chosen: list[str] = self.cleaned_data["counted"]
        if len({each.split(":")[0] for each in chosen}) > 1:
            raise forms.ValidationError(_("These values are counted from different things. Choose from one group."))
        return chosen

    @property
    def source(self) -> str:
        """The source of a valid form."""
        return str(self.cleaned_data["counted"][0].split(":")[0])

    @property
    def values(self) -> list[str]:
        """The values of a valid form."""
        return [each.split(":")[1] for each in self.cleaned_data["counted"]]

    @property
    def texts(self) -> Texts:
        """The texts of a valid form."""
        names, meanings = (
            {language: str(self.cleaned_data[f"{part}_{language}"]) for language in LANGUAGES}
            for part in ("name", "meaning")
        )
        return Texts(names, meanings)


def first_day_counted() -> date:
    """From when a new indicator is counted: the quarter that runs, which nothing was released of yet."""
    return quarter_of(timezone.localdate()).first_day
