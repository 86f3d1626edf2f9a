"""Signing on the screen: by drawing, or by the typed name before a witness."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.directory.models import Guardian
from caseflow.plans.enums import Signer, Way
from caseflow.plans.forms.writing import SeenForm
from caseflow.plans.rules import LONGEST_NAME, Mark
from caseflow.plans.rules.signatures import LONGEST_INK
from caseflow.plans.services import Given


class Pad:
    """The three fields of one signature, for a template."""

    def __init__(self, form: forms.Form, signer: Signer) -> None:
        self.signer = signer
        self.way, self.ink, self.name = (form[f"{signer}_{part}"] for part in ("way", "ink", "name"))


class PadForm(SeenForm):
    """A form with signatures of `signers`."""

    signers: tuple[Signer, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for signer in self.signers:
            self.fields[f"{signer}_way"] = forms.ChoiceField(
                label=_("How do you sign?"), choices=Way.choices, initial=Way.DRAWN, widget=forms.RadioSelect
            )
            self.fields[f"{signer}_ink"] = forms.CharField(
                required=False, max_length=LONGEST_INK, widget=forms.HiddenInput
            )
            self.fields[f"{signer}_name"] = forms.CharField(
                label=_("First and last name"),
                help_text=_("The psychologist sees that you type it, and stands for that as a witness."),
                required=False,
                max_length=LONGEST_NAME,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def pads(self) -> list[Pad]:
        return [Pad(self, signer) for signer in self.signers]

    def mark(self, signer: Signer) -> Mark:
        way = Way(self.cleaned_data[f"{signer}_way"])
        return Mark(way, self.cleaned_data[f"{signer}_{'ink' if way == Way.DRAWN else 'name'}"])


class SignForm(PadForm):
    signers = (Signer.PUPIL, Signer.PSYCHOLOGIST)
    read_aloud = forms.BooleanField(label=_("I have read the plan aloud together with the pupil"), required=False)
    review_on = forms.DateField(
        label=_("On which day is the plan looked at again?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def given(self) -> Given:
        return Given(
            read_aloud=self.cleaned_data["read_aloud"],
            pupil=self.mark(Signer.PUPIL),
            psychologist=self.mark(Signer.PSYCHOLOGIST),
            review_on=self.cleaned_data["review_on"],
        )


class CountersignForm(PadForm):
    """A guardian signs what is shared."""

    signers = (Signer.GUARDIAN,)
    guardian = forms.ChoiceField(label=_("Who signs?"), widget=forms.RadioSelect)

    def __init__(self, guardians: Iterable[Guardian], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.full_name) for one in guardians]
        self.fields["guardian"] = forms.ChoiceField(
            label=_("Who signs?"),
            choices=choices,
            widget=forms.RadioSelect,
            initial=choices[0][0] if len(choices) == 1 else None,
        )
