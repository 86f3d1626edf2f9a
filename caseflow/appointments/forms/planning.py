"""The form of an appointment. What stands against it is said by the services."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.appointments.enums import AppointmentKind, Reach
from caseflow.appointments.forms.asking import ids_in, numbers_in
from caseflow.appointments.rules import DEFAULT_MINUTES, LONGEST_MINUTES, LONGEST_TEXT, STEP, Plan
from caseflow.appointments.selectors.people import Choice, choice, pupil_of, rooms_of, usual_room
from caseflow.directory.actors import Actor
from caseflow.directory.forms.inputs import DateInput, TimeInput
from caseflow.directory.models import Room

SIMPLE = ("day", "time", "minutes", "kind", "room", "purpose", "every_week", "reach")


class AppointmentForm(forms.Form):
    """When, where, what and with whom. The people stand beside the fields: `chosen` and what can be chosen."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(
        label=_("From when"),
        widget=TimeInput(format="%H:%M", attrs={"step": STEP * 60}),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=STEP,
        max_value=LONGEST_MINUTES,
        initial=DEFAULT_MINUTES,
        widget=forms.NumberInput(attrs={"step": STEP}),
    )
    kind = forms.ChoiceField(label=_("Kind of appointment"), choices=AppointmentKind.choices)
    room = forms.ModelChoiceField(
        label=_("Room"), queryset=Room.objects.none(), required=False, empty_label=_("no room of the school")
    )
    purpose = forms.CharField(
        label=_("What for"),
        help_text=_("Sealed. Psychologists of the school read it, and the lead psychologist of the case."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    every_week = forms.BooleanField(label=_("Every week until the school year ends, but for holidays"), required=False)
    reach = forms.ChoiceField(
        label=_("What is changed"), choices=Reach.choices, initial=Reach.ONE, required=False, widget=forms.RadioSelect
    )

    def __init__(self, actor: Actor, data: QueryDict | None = None, *, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=kwargs.pop("initial", None) or _initial(plan))
        self.actor = actor
        self.people = people_in(data) if data is not None else _people(plan)
        self.query = data.get("q", "") if data is not None else ""
        self.fields["room"].queryset = rooms_of(actor)  # type: ignore[attr-defined]

    @classmethod
    def begun(cls, actor: Actor, data: QueryDict) -> "AppointmentForm":
        """The form with what was typed so far, before anything of it is judged."""
        form = cls(actor, initial={name: data.get(name, "") for name in SIMPLE})
        form.people, form.query = people_in(data), data.get("q", "")
        return form

    @classmethod
    def first(cls, actor: Actor, data: QueryDict) -> "AppointmentForm":
        """The form as it opens: 45 minutes, in the room of last time; from a case, with the pupil whose case it is."""
        typed = data.copy()
        asked = people_in(data)
        if asked["case"] and not any(asked[who] for who in ("pupils", "guardians", "members")):
            whose = pupil_of(actor, asked["case"][0])
            typed.setlist("pupils", [str(whose)] if whose else [])
        typed.setdefault("minutes", str(DEFAULT_MINUTES))
        typed.setdefault("kind", AppointmentKind.PUPIL if typed.getlist("pupils") else "")
        typed.setdefault("room", str(usual_room(actor) or ""))
        return cls.begun(actor, typed)

    @property
    def choice(self) -> Choice:
        """Whom and what the page offers."""
        case = next(iter(self.people["case"]), None)
        return choice(
            self.actor, pupils=self.people["pupils"], members=self.people["members"], case=case, query=self.query
        )

    def plan(self) -> Plan:
        """The plan as the services take it; for a valid form alone."""
        said = self.cleaned_data
        return Plan(
            starts_at=moment(said["day"], said["time"]),
            minutes=said["minutes"],
            kind=AppointmentKind(said["kind"]),
            room=said["room"].pk if said["room"] else None,
            case=next(iter(self.people["case"]), None),
            pupils=tuple(self.people["pupils"]),
            guardians=tuple(self.people["guardians"]),
            members=tuple(self.people["members"]),
            purpose=said["purpose"],
        )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("This day lies too far away"))
        return day

    def how_far(self) -> Reach:
        return Reach(self.cleaned_data["reach"] or Reach.ONE)


def moment(day: date, at: Any) -> datetime:
    """The local moment."""
    return datetime.combine(day, at, timezone.get_default_timezone())


def people_in(data: QueryDict) -> dict[str, list[Any]]:
    """The people and the case that were ticked."""
    return {
        "pupils": ids_in(data.getlist("pupils")),
        "guardians": ids_in(data.getlist("guardians")),
        "members": numbers_in(data.getlist("members")),
        "case": ids_in([data.get("case", "")]),
    }


def _people(plan: Plan | None) -> dict[str, list[Any]]:
    if plan is None:
        return {"pupils": [], "guardians": [], "members": [], "case": []}
    return {
        "pupils": list(plan.pupils),
        "guardians": list(plan.guardians),
        "members": list(plan.members),
        "case": [plan.case] if plan.case else [],
    }


def _initial(plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {}
    begins = timezone.localtime(plan.starts_at)
    return {
        "day": begins.date(),
        "time": begins.time(),
        "minutes": plan.minutes,
        "kind": plan.kind,
        "room": plan.room,
        "purpose": plan.purpose,
    }
