from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.clocks.enums import AwayReason
from caseflow.clocks.forms.people import MemberChoice
from caseflow.clocks.selectors.absences import possible_stand_ins
from caseflow.directory.models import Membership


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class StandInChoice(MemberChoice):
    def name_of(self, member: Membership) -> str:
        return f"{member.user.short_name}, {member.get_role_display()}, {member.unit_name}".rstrip(", ")


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who stands in. What stands against it is said by `enter_absence`."""

    first_day = _day(_("First day"))
    last_day = _day(_("Last day"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("It may stay unsaid. An illness is never entered."),
        choices=AwayReason.choices,
        required=False,
    )
    field_order = ("stand_in", "first_day", "last_day", "reason")

    def __init__(self, who: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in"] = StandInChoice(queryset=possible_stand_ins(who), label=_("Who stands in"))
        self.order_fields(self.field_order)

    def absence(self) -> dict[str, Any]:
        """The absence as `enter_absence` takes it."""
        said = dict(self.cleaned_data)
        return {"stand_in_id": said.pop("stand_in").pk, **said}
