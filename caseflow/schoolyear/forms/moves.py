from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.directory.actors import Actor
from caseflow.directory.forms.inputs import DateInput
from caseflow.directory.models import School, SchoolClass
from caseflow.directory.rules import national_number_is_valid
from caseflow.schoolyear.selectors.moves import open_classes, other_schools
from caseflow.schoolyear.services.moves import Arrival, Leaving


class LeavingForm(forms.Form):
    """From which day a pupil is no longer here, and where to."""

    day = forms.DateField(label=_("First day on which the pupil is no longer here"), widget=DateInput())
    to_school = forms.ModelChoiceField(
        queryset=School.objects.none(),
        label=_("School of this system"),
        required=False,
        empty_label=_("another one, or none"),
        help_text=_("The family gets a code for it; nobody there sees the pupil before."),
    )
    elsewhere = forms.CharField(label=_("Or where to, in words"), max_length=160, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()
        self.fields["to_school"].queryset = other_schools(actor)  # type: ignore[attr-defined]

    def leaving(self) -> Leaving:
        """As `record_leaving` takes it."""
        said = self.cleaned_data
        school = said["to_school"]
        return Leaving(said["day"], school.pk if school else None, said["elsewhere"])


class TakeInForm(forms.Form):
    """By the code of the former school, or the national number of whoever was said to come here."""

    code = forms.CharField(
        label=_("Code of the former school"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    national_number = forms.CharField(
        label=_("Or the IIN of the pupil"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    school_class = forms.ModelChoiceField(queryset=SchoolClass.objects.none(), label=_("Class"))
    number = forms.CharField(label=_("Number of the pupil at this school"), max_length=32)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].queryset = open_classes(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        number = said.get("national_number", "")
        if number and not national_number_is_valid(number):
            self.add_error("national_number", _("The IIN is wrong."))
        elif not number and not said.get("code"):
            self.add_error("code", _("Enter the code or the IIN."))
        return said

    def arrival(self) -> Arrival:
        """As `take_in` takes it."""
        said = self.cleaned_data
        return Arrival(said["code"], said["national_number"], said["school_class"].pk, said["number"])
