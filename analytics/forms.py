from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.enums import CameraSource, Feature, Mode, Presence, StillKind
from analytics.rules.plan_refusals import TEXTS
from analytics.services.confirming import SeatsSaid
from analytics.services.requesting import LessonChoice
from analytics.services.stills import MOST_BYTES, is_picture
from analytics.services.switching import Grounds
from caseflow.records.received import TooLargeError, WrongTypeError, read_received
from caseflow.triage.enums import OFFERED_REASONS, Decision


class LessonForm(forms.Form):
    """Which lesson a video shows; the time of recording only where the file does not say it."""

    date = forms.DateField(error_messages={"required": _("Choose the day of the lesson")})
    slot = forms.RegexField(r"^\d{1,9}(:\d{1,9})?$", error_messages={"required": _("Choose the lesson")})
    recorded_at = forms.TimeField(required=False, error_messages={"invalid": _("Type the time as 09:00")})

    def choice(self) -> LessonChoice:
        """The cleaned choice as `request_run` takes it."""
        said = self.cleaned_data
        moment = said["recorded_at"]
        zone = timezone.get_default_timezone()
        typed = datetime.combine(said["date"], moment, zone) if moment else None
        slot, _colon, camera = said["slot"].partition(":")
        return LessonChoice(int(slot), said["date"], typed, int(camera) if camera else None)


class DecisionForm(forms.Form):
    """One of the three decisions, always with a reason (rule 4)."""

    decision = forms.ChoiceField(choices=Decision.choices, error_messages={"required": _("Choose a decision")})
    reason_code = forms.ChoiceField(choices=[(r.value, r.label) for r in OFFERED_REASONS], required=False)
    reason = forms.CharField(
        max_length=2000, min_length=5, error_messages={"required": _("Explain your decision in a few words")}
    )

    def wish(self) -> dict[str, Any]:
        """The cleaned decision as `decide_signal` takes it."""
        return {name: self.cleaned_data[name] for name in ("decision", "reason_code", "reason")}


class SwitchForm(forms.Form):
    """A turn of a school's switch; what starting it needs is said by `turn_switch`."""

    mode = forms.ChoiceField(choices=Mode.choices)
    feature = forms.ChoiceField(choices=Feature.choices, required=False)
    legal_basis = forms.CharField(max_length=1000, required=False)
    impact_assessment_on = forms.DateField(required=False)

    def turn(self) -> tuple[Mode, Grounds, Feature]:
        """The cleaned turn as `turn_switch` takes it."""
        said = self.cleaned_data
        grounds = Grounds(said["legal_basis"], said["impact_assessment_on"])
        return Mode(said["mode"]), grounds, Feature(said["feature"] or Feature.MOOD)


class StillForm(forms.Form):
    """A still to draw seats on; that it shows nobody is seen to by `keep_still`."""

    kind = forms.ChoiceField(choices=StillKind.choices, error_messages={"required": _("Say what the picture shows")})
    picture = forms.FileField(allow_empty_file=True, error_messages={"required": _("Choose a picture")})

    def still(self) -> dict[str, Any]:
        """The cleaned picture as `keep_still` takes it."""
        return {"content": self.cleaned_data["picture"], "kind": StillKind(self.cleaned_data["kind"])}

    def clean_picture(self) -> bytes:
        try:
            return read_received(self.cleaned_data["picture"], most=MOST_BYTES, fits=is_picture)
        except TooLargeError as error:
            raise forms.ValidationError(TEXTS["too_heavy"]) from error
        except WrongTypeError as error:
            raise forms.ValidationError(TEXTS["not_a_picture"]) from error


class SeatsForm(forms.Form):
    """What a teacher says about a lesson: `seat-<pk>` for each seat that differs from the drawing."""

    DIFFERENT = (("", ""), *(choice for choice in Presence.choices if choice[0] != Presence.PRESENT))

    plan = forms.UUIDField()
    taught = forms.BooleanField(required=False)

    def __init__(self, *args: Any, seats: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = tuple(seats)
        for seat in self.seats:
            self.fields[f"seat-{seat}"] = forms.ChoiceField(choices=self.DIFFERENT, required=False)

    def said(self) -> SeatsSaid:
        """What was said as `confirm_seats` takes it."""
        marks = {seat: self.cleaned_data[f"seat-{seat}"] for seat in self.seats}
        different = {seat: Presence(mark) for seat, mark in marks.items() if mark}
        return SeatsSaid(self.cleaned_data["plan"], different, taught=self.cleaned_data["taught"])


class CameraLinkForm(forms.Form):
    """Whence the pictures of a camera come; whether that can be is seen to by `link_stream` and `link_folder`."""

    source = forms.ChoiceField(choices=CameraSource.choices, widget=forms.RadioSelect, label=_("Its pictures come"))
    address = forms.CharField(
        max_length=500,
        required=False,
        label=_("Address"),
        help_text=_("As rtsp://name:password@10.1.2.3:554/stream. It is kept sealed and never shown again."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    folder = forms.CharField(
        max_length=100,
        required=False,
        label=_("Folder"),
        help_text=_("Its name within the folder of recordings. What was taken in is removed from there."),
    )
