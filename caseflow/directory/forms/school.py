"""What a school enters about itself."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.forms.inputs import TimeInput
from caseflow.directory.models import Camera, LessonSlot, Membership, Room, School, SchoolClass
from caseflow.directory.selectors import classes_ahead, collides, members_of_school
from caseflow.directory.services.tables import MAX_BYTES, NO_TABLE, TOO_LARGE, is_table
from caseflow.records.received import TooLargeError, WrongTypeError, read_received

PLACE_AND_TIME = {"school_class", "room", "weekday", "starts_at", "ends_at"}


class ImportForm(forms.Form):
    school = forms.ModelChoiceField(School.objects.none(), label=_("School"))
    file = forms.FileField(label=_("List of pupils, XLSX or CSV"))
    is_full_roll = forms.BooleanField(
        label=_("The file lists every pupil of the school: those missing have left"), required=False
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = actor.schools()
        field = self.fields["school"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = schools
        if not self.is_bound:
            self.initial["school"] = schools.first()

    def clean_file(self) -> dict[str, Any]:
        """The name and the content, as `keep_draft` takes them."""
        upload = self.cleaned_data["file"]
        try:
            return {"name": upload.name, "content": read_received(upload, most=MAX_BYTES, fits=is_table)}
        except TooLargeError as error:
            raise forms.ValidationError(TOO_LARGE) from error
        except WrongTypeError as error:
            raise forms.ValidationError(NO_TABLE) from error


class RoomForm(forms.ModelForm[Room]):
    class Meta:
        model = Room
        fields = ("school", "name")
        labels = {"school": _("School"), "name": _("Room")}

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = actor.schools()  # type: ignore[attr-defined]
        self.initial.setdefault("school", actor.schools().first())


class CameraForm(forms.ModelForm[Camera]):
    class Meta:
        model = Camera
        fields = ("room", "name", "purpose", "wired_to_police")
        labels = {
            "room": _("Room"),
            "name": _("Camera"),
            "purpose": _("What it looks at"),
            "wired_to_police": _("The control centre of the police sees it too"),
        }

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = Room.objects.filter(school__in=actor.schools())  # type: ignore[attr-defined]


class OwnClassField(forms.ModelChoiceField[SchoolClass]):
    """A class of one's own school; one of a coming year says of which."""

    def label_from_instance(self, school_class: SchoolClass) -> str:
        coming = school_class.year.starts_on > timezone.localdate()
        return f"{school_class} ({school_class.year})" if coming else str(school_class)


class LessonForm(forms.ModelForm[LessonSlot]):
    class Meta:
        model = LessonSlot
        fields = ("school_class", "weekday", "starts_at", "ends_at", "subject", "teacher", "room")
        labels = {
            "school_class": _("Class"),
            "weekday": _("Weekday"),
            "starts_at": _("From"),
            "ends_at": _("To"),
            "subject": _("Subject"),
            "teacher": _("Teacher"),
            "room": _("Room"),
        }
        widgets = {"starts_at": TimeInput(), "ends_at": TimeInput()}
        field_classes = {"school_class": OwnClassField}

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = actor.schools()
        self.fields["school_class"].queryset = classes_ahead(actor)  # type: ignore[attr-defined]
        self.fields["room"].queryset = Room.objects.filter(school__in=schools)  # type: ignore[attr-defined]
        teachers = [
            m for school in schools for m in members_of_school(school, [Role.TEACHER]).values_list("user", flat=True)
        ]
        of_classes = Membership.objects.filter(role=Role.CLASS_TEACHER, school_class__school__in=schools)
        people = User.objects.filter(Q(pk__in=teachers) | Q(pk__in=of_classes.values("user"))).order_by("last_name")
        self.fields["teacher"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"starts_at", "ends_at"} <= data.keys() and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("The lesson ends after it starts."))
        elif data.keys() >= PLACE_AND_TIME and collides(LessonSlot(**{name: data[name] for name in PLACE_AND_TIME})):
            self.add_error("starts_at", _("The class or the room has another lesson at that time."))
        return data
