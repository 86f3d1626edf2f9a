"""Why and until when a clock stands, or by how much it is extended. What stands against it is said by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.clocks.selectors.changing import ClockFile
from caseflow.clocks.texts import count_of

LONGEST_REASON = 1000


def _why() -> forms.CharField:
    return forms.CharField(label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))


class PauseForm(forms.Form):
    prefix = "pause"
    through = forms.DateField(
        label=_("Through which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = _why()

    def __init__(self, file: ClockFile, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file.last_day:
            self.fields["through"].widget.attrs["max"] = f"{file.last_day:%Y-%m-%d}"
            self.fields["through"].help_text = _("At the latest %(day)s") % {"day": f"{file.last_day:%d.%m.%Y}"}


class ExtendForm(forms.Form):
    prefix = "extend"
    amount = forms.IntegerField(label=_("By how much"), min_value=1)
    reason = _why()

    def __init__(self, file: ClockFile, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = count_of(file.extension, file.term.unit)
        self.fields["amount"] = forms.IntegerField(
            label=_("By how much, in %(unit)s") % {"unit": file.term.get_unit_display()},
            min_value=1,
            max_value=file.extension or 1,
            help_text=_("At most %(most)s") % {"most": most},
        )
