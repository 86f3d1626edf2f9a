from django import forms
from django.utils.translation import gettext_lazy as _

NAME_MOST = 80


class ViewForm(forms.Form):
    """Under which name a view is kept, and whether others see it."""

    name = forms.CharField(label=_("Name"), max_length=NAME_MOST)
    shared = forms.BooleanField(label=_("Share with everybody who reads the figures of the region"), required=False)
