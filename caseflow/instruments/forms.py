from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from caseflow.instruments.enums import Filling, Respondent
from caseflow.instruments.rules.packs import LARGEST_PACK, Pack
from caseflow.instruments.rules.scoring.typed import HIGHEST, LONGEST_SOURCE

REFUSED = "refused"
LANGUAGE_NAMES = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}


class GiveForm(forms.Form):
    """How one questionnaire is given: only what its pack offers can be chosen."""

    respondent = forms.ChoiceField(label=_("Who answers"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the questions"), widget=forms.RadioSelect)
    filling = forms.ChoiceField(
        label=_("Where it is filled in"),
        choices=[
            (Filling.SCREEN, _("On my screen: I ask and enter the answers")),
            (Filling.CODE, _("By a one-time code, on a school tablet or an own phone")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, pack: Pack, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        respondents = [(each.value, each.label) for each in pack.respondent]
        languages = [(code, LANGUAGE_NAMES[code]) for code in pack.offered]
        for name, choices in (("respondent", respondents), ("language", languages)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
            if len(choices) == 1:
                field.initial = choices[0][0]

    def said(self) -> dict[str, Any]:
        """What was chosen, as `services.give` takes it."""
        given = self.cleaned_data
        return {
            "respondent": Respondent(given["respondent"]),
            "filling": Filling(given["filling"]),
            "language": given["language"],
        }


class TotalForm(forms.Form):
    """A total that was scored elsewhere."""

    respondent = forms.ChoiceField(label=_("Who answered"), choices=Respondent.choices, widget=forms.RadioSelect)
    total = forms.IntegerField(label=_("Total, 0 to 40"), min_value=0, max_value=HIGHEST)
    by = forms.CharField(label=_("Who scored it"), max_length=LONGEST_SOURCE)
    place = forms.CharField(
        label=_("Where it was scored"),
        help_text=_("For example: on paper with the publisher's key, or in the publisher's own service."),
        max_length=LONGEST_SOURCE,
    )


class PackForm(forms.Form):
    """A pack as a file of text."""

    file = forms.FileField(
        label=_("Pack of a questionnaire (.toml)"),
        help_text=_(
            "Take the pack of the version that is in use, add the approved translation with its source, and give it "
            "another version."
        ),
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        content = upload.read(LARGEST_PACK + 1)
        if len(content) > LARGEST_PACK:
            raise forms.ValidationError(_("The file is too large for a questionnaire."))
        try:
            return str(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is no text in UTF-8.")) from error


def entered(data: QueryDict) -> dict[str, int | None]:
    """The answers that a form holds: "q-<question>" is a value, or `REFUSED`. What is left open is not among them."""
    said = {key.removeprefix("q-"): str(data[key]) for key in data if key.startswith("q-")}
    return {question: number_of(value) for question, value in said.items() if value}


def number_of(said: str) -> int | None:
    """An answer as a form sends it; -1, which answers no question, for what is no number."""
    if said == REFUSED:
        return None
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else -1
