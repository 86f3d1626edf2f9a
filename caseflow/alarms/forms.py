from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.alarms.services.talking import LONGEST


class LineForm(forms.Form):
    """A line of the chat."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST)
