"""Whom the school may call about a child safely, and protective orders. A refused form keeps all that was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.directory.forms.inputs import DateInput
from caseflow.directory.rules import phone_of_text
from caseflow.incidents.enums import OrderKind


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Whom the school may call"), max_length=120)
    relation = forms.CharField(label=_("Who that is to the child, such as an aunt"), max_length=80)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    when = forms.CharField(
        label=_("When and how"),
        max_length=300,
        required=False,
        help_text=_("After six in the evening, never by message; do not say it is the school"),
    )

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        number = phone_of_text(text) if text else ""
        if number is None:
            raise forms.ValidationError(_("This is not a telephone number."))
        return number

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "phone" in said and not said["phone"] and not said.get("when"):
            self.add_error("phone", _("Write a telephone number, or below how else to reach them"))
        return said


class OrderForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind"), choices=OrderKind.choices, widget=forms.RadioSelect)
    number = forms.CharField(label=_("Number of the order"), max_length=60)
    issued_by = forms.CharField(label=_("Issued by"), max_length=200)
    valid_from = forms.DateField(label=_("In force from"), widget=DateInput())
    valid_until = forms.DateField(label=_("Last day"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        begins, ends = said.get("valid_from"), said.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("The order would end before it begins"))
        return said


class ExtendForm(forms.Form):
    order = forms.UUIDField(widget=forms.HiddenInput)
    valid_until = forms.DateField(label=_("New last day"), widget=DateInput())


class ChosenForm(forms.Form):
    """Which contact or order is meant."""

    chosen = forms.UUIDField(widget=forms.HiddenInput)
