from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from caseflow.alarms.enums import Spot
from caseflow.alarms.models import Button, Device
from caseflow.alarms.rules import FLOORS
from caseflow.alarms.services.talking import LONGEST
from caseflow.directory.models import Room, School

MINUTES = "%Y-%m-%dT%H:%M"  # as a datetime-local control writes


class LineForm(forms.Form):
    """A line of the chat."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST)


class ButtonForm(forms.Form):
    """Where a fixed button hangs: in a room, or at a spot and perhaps its floor."""

    name = forms.CharField(label=_("Name"), max_length=60, required=False, help_text=_("For example: at the guard"))
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), required=False)
    spot = forms.ChoiceField(label=_("Or a place without a number"), choices=[("", "—"), *Spot.choices], required=False)
    floor = forms.TypedChoiceField(
        label=_("Floor"),
        choices=[("", "—"), *((str(floor), str(floor)) for floor in FLOORS if floor < 12)],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, school: School, *args: Any, button: Button | None = None, **kwargs: Any) -> None:
        if button:
            device = button.device
            kwargs["initial"] = {
                "name": button.name, "room": device.room_id, "spot": device.spot, "floor": device.floor
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        rooms = self.fields["room"]
        rooms.queryset = Room.objects.filter(school=school)  # type: ignore[attr-defined]
        rooms.empty_label = "—"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("room") and not said.get("spot"):
            self.add_error("room", _("Say where the button hangs: the police go there."))
        return said


class DeviceChoice(forms.ModelChoiceField[Device]):
    def label_from_instance(self, obj: Device) -> str:
        what = obj.user.short_name if obj.user else obj.button.place
        return f"{obj.school}: {obj.get_holder_display()}, {what}"


class MomentForm(forms.Form):
    """When a drill is held."""

    at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
        input_formats=[MINUTES, "%Y-%m-%dT%H:%M:%S"],
    )


class DrillForm(MomentForm):
    """A drill of one device."""

    field_order = ("device", "at")

    def __init__(self, devices: QuerySet[Device], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device"] = DeviceChoice(devices, label=_("Button or phone"), empty_label="—")
        self.order_fields(self.field_order)
