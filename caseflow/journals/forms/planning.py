"""The plan of a year as it is written."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseflow.accounts.models import User
from caseflow.appointments.models import Appointment
from caseflow.journals.enums import Direction, PlanItemState
from caseflow.journals.models import PlanItem
from caseflow.journals.rules.periods import school_months
from caseflow.journals.services.planning import Item
from caseflow.journals.wording import month_name


class ItemForm(forms.Form):
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    title = forms.CharField(label=_("Planned work"), max_length=200, help_text=_("Without names of pupils"))
    audience = forms.CharField(label=_("With whom"), max_length=120, help_text=_("For instance: pupils of grade 5"))
    month = forms.TypedChoiceField(label=_("When"), required=False, coerce=int, empty_value=None)
    owner = forms.TypedChoiceField(label=_("Who answers for it"), coerce=int)
    expected = forms.CharField(label=_("What is to come of it"), max_length=300)

    def __init__(self, people: list[User], own: int, item: PlanItem | None = None, data: Any = None) -> None:
        names = ("direction", "title", "audience", "month", "expected")
        begins = {name: getattr(item, name) for name in names} if item else {}
        super().__init__(data, initial={**begins, "owner": item.owner_id if item else own})
        months = [("", month_name(None)), *((str(month), month_name(month)) for month in school_months())]
        self.fields["month"].choices = months  # type: ignore[attr-defined]
        self.fields["owner"].choices = [(one.pk, one.short_name) for one in people]  # type: ignore[attr-defined]

    def item(self) -> Item:
        """As `write_item` takes it."""
        given = self.cleaned_data
        return Item(
            direction=Direction(given["direction"]),
            title=given["title"],
            audience=given["audience"],
            month=given["month"],
            owner=given["owner"],
            expected=given["expected"],
        )


class EndForm(forms.Form):
    """What became of an item."""

    state = forms.ChoiceField(
        label=pgettext_lazy("planned work", "What became of it"),
        choices=PlanItemState.choices,
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What came of it, or why it was not done"),
        required=False,
        max_length=500,
        help_text=_("Without names of pupils"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    appointment = forms.TypedChoiceField(
        label=_("What was recorded"), required=False, empty_value=None, help_text=_("An appointment that was held")
    )

    def __init__(self, item: PlanItem, held: list[Appointment], data: Any = None) -> None:
        begins = {
            "state": item.state if item.state != PlanItemState.OPEN else PlanItemState.DONE,
            "outcome": item.outcome,
            "appointment": str(item.appointment_id or ""),
        }
        super().__init__(data, initial=begins)
        choices = [("", _("nothing in the calendar")), *((str(one.pk), _appointment(one)) for one in held)]
        self.fields["appointment"].choices = choices  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    remark = forms.CharField(label=_("What is to be changed"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def _appointment(one: Appointment) -> str:
    return f"{date_format(localtime(one.starts_at), 'd.m.Y H:i')}, {one.get_kind_display()}"
