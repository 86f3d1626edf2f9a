from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.appointments.rules import REMINDER_CHOICES
from caseflow.directory.templatetags.ui import duration


class ReminderForm(forms.Form):
    """How long before an appointment somebody is reminded."""

    minutes = forms.TypedChoiceField(label=_("Remind me"), coerce=int)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (minutes, duration(60 * minutes) if minutes else _("not at all")) for minutes in REMINDER_CHOICES
        ]
