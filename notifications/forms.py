from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class WishesForm(forms.Form):
    """By what a person wants to be told besides the pages, and when not."""

    email = forms.BooleanField(label=_("Tell me by e-mail"), required=False)
    sms = forms.BooleanField(label=_("Tell me by SMS"), required=False)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=_clock())
    quiet_to = forms.TimeField(label=_("Quiet until"), required=False, widget=_clock())
    working_days_only = forms.BooleanField(
        label=_("On working days only"),
        help_text=_("What comes on a day off waits until the next working day."),
        required=False,
    )
    urgent_always = forms.BooleanField(
        label=_("Urgent news at any time"),
        help_text=_("New incident reports, missed deadlines, and cases opened without an assignment."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("quiet_from"), given.get("quiet_to")
        if not self.errors and (start is None) != (end is None):
            raise ValidationError(_("Give both times, or neither."))
        if start is not None and start == end:
            raise ValidationError(_("The two times must differ."))
        return given
