from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import User
from caseflow.directory.models import School
from caseflow.directory.selectors import employees_of
from caseflow.incidents.enums import Category, Conclusion, PartyRole
from caseflow.incidents.services import PartySaid

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

MINUTES = "%Y-%m-%dT%H:%M"  # as a datetime-local control writes


def moment_field(**options: Any) -> forms.DateTimeField:
    """Date and time to the minute, in local time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES)
    return forms.DateTimeField(widget=widget, input_formats=[MINUTES, "%Y-%m-%dT%H:%M:%S"], **options)


def in_the_past(moment: "datetime | None") -> None:
    """Raise ValidationError for a time that has not come yet."""
    if moment and moment > timezone.now():
        raise forms.ValidationError(_("The time lies in the future"))


class EmployeeChoice(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return obj.short_name


class ReportForm(forms.Form):
    """A report of an incident. The pupils named are read from the rows below it by `parties_said`."""

    field_order = (
        "category",
        "occurred_at",
        "place",
        "words",
        "about_staff",
        "employee",
        "police_informed",
        "police_informed_at",
    )
    category = forms.ChoiceField(label=_("What happened"), choices=[("", _("Choose what happened")), *Category.choices])
    occurred_at = moment_field(label=_("When"), validators=[in_the_past])
    place = forms.CharField(
        label=_("Where"), max_length=120, help_text=_("Place at school, on the way, at home, online")
    )
    words = forms.CharField(
        label=_("What happened, in the child's words"),
        max_length=8000,
        help_text=_("Write what was said and seen, without conclusions."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    about_staff = forms.BooleanField(
        label=_("It is about an employee of the school"),
        required=False,
        help_text=_("Then nobody at the school reads it: it goes to the lead psychologist."),
    )
    police_informed = forms.BooleanField(label=_("The police have been informed"), required=False)
    police_informed_at = moment_field(label=_("When they were informed"), required=False, validators=[in_the_past])

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"] = EmployeeChoice(
            label=_("Which employee"), queryset=employees_of(school), required=False
        )
        self.fields["occurred_at"].widget.attrs["max"] = timezone.localtime().strftime(MINUTES)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("employee") and not said.get("about_staff"):
            self.add_error("about_staff", _("Tick this when you name an employee"))
        if (
            said.get("police_informed")
            and not said.get("police_informed_at")
            and "police_informed_at" not in self.errors
        ):
            self.add_error("police_informed_at", _("Say when the police were informed"))
        return said

    def told(self, parties: Sequence[PartySaid]) -> dict[str, Any]:
        """The report as `report_incident` takes it."""
        said = self.cleaned_data
        employee: User | None = said["employee"]
        named = [PartySaid(PartyRole.SAID_TO_HAVE_HARMED, employee_id=employee.pk)] if employee else []
        return {
            "category": said["category"],
            "occurred_at": said["occurred_at"],
            "place": said["place"],
            "words": said["words"],
            "about_staff": said["about_staff"],
            "police_informed_at": said["police_informed_at"] if said["police_informed"] else None,
            "parties": [*parties, *named],
        }


def parties_said(data: "QueryDict") -> list[PartySaid]:
    """The rows of people as they were sent: `party_pupil` (empty: not known) beside `party_role`.

    Raises ValidationError for a row that cannot be read, so that nobody is lost from a report unnoticed.
    """
    pupils, roles = data.getlist("party_pupil"), data.getlist("party_role")
    if len(pupils) != len(roles):
        raise forms.ValidationError(_("Say for everybody which part they had"))
    return [_party_said(pupil, role) for pupil, role in zip(pupils, roles, strict=True)]


def _party_said(pupil: str, role: str) -> PartySaid:
    try:
        return PartySaid(PartyRole(role), UUID(pupil) if pupil else None)
    except ValueError as error:
        raise forms.ValidationError(_("Say for everybody which part they had")) from error


class PoliceForm(forms.Form):
    at = moment_field(label=_("When the police were informed"), validators=[in_the_past])


class EstablishedForm(forms.Form):
    party = forms.UUIDField()
    established = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")


class LegalForm(forms.Form):
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=Conclusion.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What the conclusion rests on"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
