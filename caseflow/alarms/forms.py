from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from caseflow.alarms.enums import Spot
from caseflow.alarms.models import Button, Centre, Device
from caseflow.alarms.rules import FLOORS
from caseflow.alarms.rules.centres import ARRIVAL_MINUTES
from caseflow.alarms.services.centres import BOUNDS
from caseflow.alarms.services.talking import LONGEST
from caseflow.directory.models import Agency, Room, School

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


class TargetForm(forms.Form):
    """How long a patrol may take."""

    arrival_minutes = forms.IntegerField(
        label=_("Target for the arrival of a patrol, in minutes"),
        min_value=ARRIVAL_MINUTES[0],
        max_value=ARRIVAL_MINUTES[-1],
        initial=7,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), BOUNDS),
    )


class AgencyChoice(forms.ModelChoiceField[Agency]):
    def label_from_instance(self, obj: Agency) -> str:
        return f"{obj}, {obj.district or obj.region}"


class NewCentreForm(TargetForm):
    """A police agency whose operators are to answer alarms."""

    field_order = ("agency", "arrival_minutes")

    def __init__(self, agencies: QuerySet[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"] = AgencyChoice(agencies, label=_("Police agency"), empty_label="—")
        self.order_fields(self.field_order)


class CentreChoice(forms.ModelChoiceField[Centre]):
    def label_from_instance(self, obj: Centre) -> str:
        return f"{obj}, {obj.agency.district or obj.agency.region}"


class CentreForm(TargetForm):
    """Whom a centre calls next, unless it is the one over a region, and how long its patrols may take."""

    field_order = ("follows", "arrival_minutes")

    def __init__(self, centre: Centre, others: QuerySet[Centre], *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"follows": centre.follows_id, "arrival_minutes": centre.arrival_minutes}
        super().__init__(*args, **kwargs)
        if centre.agency.district_id:
            self.fields["follows"] = CentreChoice(
                others,
                label=_("Called next"),
                help_text=_("When nobody here accepts in time. The centre over the region is called last of all."),
                empty_label=_("no other centre of a district"),
                required=False,
            )
        self.order_fields(self.field_order)
