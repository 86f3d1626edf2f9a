from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.clocks.forms.people import MemberChoice
from caseflow.clocks.selectors.duty import candidates
from caseflow.directory.actors import Actor

MINUTES = "%Y-%m-%dT%H:%M"  # as a datetime-local control writes


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MINUTES, "%Y-%m-%dT%H:%M:%S"])


class ShiftForm(forms.Form):
    """Who is on duty, from when to when. What stands against it is said by `add_shift`."""

    starts_at = _moment(_("From"))
    ends_at = _moment(_("To"))
    field_order = ("member", "starts_at", "ends_at")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = MemberChoice(queryset=candidates(actor), label=_("Who is on duty"))
        self.order_fields(self.field_order)

    def shift(self) -> dict[str, Any]:
        """The shift as `add_shift` takes it."""
        said = self.cleaned_data
        return {"member_id": said["member"].pk, "starts_at": said["starts_at"], "ends_at": said["ends_at"]}
