"""The first set-up, and who has which role."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.forms.inputs import DateInput
from caseflow.directory.models import Membership, SchoolClass
from caseflow.directory.models.memberships import UNITLESS_ROLES, UNITS
from caseflow.directory.selectors import classes_ahead

STAFF_UNITS = tuple(name for name in UNITS if name not in {"guardian", "pupil"})
STAFF_ROLES = [(role.value, role.label) for role in Role if role not in {Role.PARENT, Role.PUPIL}]
UNITS_OF_ROLE: dict[str, frozenset[str]] = {
    Role.PSYCHOLOGIST: frozenset({"school"}),
    Role.LEAD_PSYCHOLOGIST: frozenset({"district", "region"}),
    Role.SOCIAL_PEDAGOGUE: frozenset({"school"}),
    Role.PRINCIPAL: frozenset({"school"}),
    Role.DUTY_PERSON: frozenset({"school"}),
    Role.DRILL_OFFICER: frozenset({"district"}),
    Role.SCHOOL_ADMIN: frozenset({"school"}),
    Role.TEACHER: frozenset({"school"}),
    Role.CLASS_TEACHER: frozenset({"school_class"}),
    Role.POLICE_OPERATOR: frozenset({"agency"}),
    Role.AGENCY_OFFICER: frozenset({"agency"}),
    Role.AGENCY_HEAD: frozenset({"agency"}),
    Role.COUNCIL_CHAIR: frozenset({"region"}),
    Role.COUNCIL_MEMBER: frozenset({"region"}),
    Role.PROSECUTOR: frozenset({"region"}),
    Role.ANALYST: frozenset({"region"}),
}


class SetupForm(forms.Form):
    """The guided first page: the administrator, the places, the school year."""

    username = forms.CharField(label=_("Login"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150)
    first_name = forms.CharField(label=_("First name"), max_length=150)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    region_kk = forms.CharField(label=_("Region, in Kazakh"), max_length=160)
    region_ru = forms.CharField(label=_("Region, in Russian"), max_length=160)
    district_kk = forms.CharField(label=_("District or town, in Kazakh"), max_length=160)
    district_ru = forms.CharField(label=_("District or town, in Russian"), max_length=160)
    school_kk = forms.CharField(label=_("School, in Kazakh"), max_length=160)
    school_ru = forms.CharField(label=_("School, in Russian"), max_length=160)
    school_bin = forms.RegexField(
        r"^\d{12}$",
        label=_("BIN of the school"),
        help_text=_("12 digits. Consents are given to this body."),
        error_messages={"invalid": _("A BIN has 12 digits.")},
    )
    year_starts_on = forms.DateField(label=_("School year from"), widget=DateInput())
    year_ends_on = forms.DateField(label=_("School year to"), widget=DateInput())

    def steps(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in the three steps of the page."""
        fields = list(self)
        return [(_("Administrator"), fields[:4]), (_("Places"), fields[4:11]), (_("School year"), fields[11:])]

    def administrator(self) -> User:
        """The first administrator, not saved."""
        data = self.cleaned_data
        return User(username=data["username"], last_name=data["last_name"], first_name=data["first_name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data and "username" in data:
            self._check_password(data)
        start, end = data.get("year_starts_on"), data.get("year_ends_on")
        if start and end and end <= start:
            self.add_error("year_ends_on", _("The school year ends after it starts."))
        return data

    def _check_password(self, data: dict[str, Any]) -> None:
        try:
            validate_password(data["password"], User(username=data["username"]))
        except ValidationError as error:
            self.add_error("password", error)


class ClassField(forms.ModelChoiceField[SchoolClass]):
    """A class of any school, by school, class and school year."""

    def label_from_instance(self, school_class: SchoolClass) -> str:
        return f"{school_class.name_with_school} ({school_class.year})"


class MemberForm(forms.ModelForm[Membership]):
    """A role for a person: an existing account by login, or a new one with a name."""

    username = forms.CharField(label=_("Login"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)

    class Meta:
        model = Membership
        fields = ("role", *STAFF_UNITS, "starts_on", "ends_on")
        labels = {
            "role": _("Role"),
            "region": _("Region"),
            "district": _("District"),
            "school": _("School"),
            "school_class": _("Class"),
            "agency": _("Agency"),
            "starts_on": _("From"),
            "ends_on": _("To"),
        }
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}
        field_classes = {"school_class": ClassField}

    field_order = ("username", "last_name", "first_name", "role", *STAFF_UNITS, "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = STAFF_ROLES  # type: ignore[attr-defined]
        self.fields["school_class"].queryset = classes_ahead(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = {name for name in STAFF_UNITS if data.get(name)}
        role = data.get("role", "")
        allowed = UNITS_OF_ROLE.get(role, frozenset())
        if role and role not in UNITLESS_ROLES and (len(named) != 1 or not named <= allowed):
            labels = ", ".join(str(self.fields[name].label) for name in STAFF_UNITS if name in allowed)
            self.add_error("role", _("This role needs exactly one unit: %(units)s.") % {"units": labels})
        elif role in UNITLESS_ROLES and named:
            self.add_error("role", _("This role serves the whole installation: leave the units empty."))
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The role ends after it starts."))
        return data

    def person(self) -> User:
        """The account with that login, or a new one, not saved."""
        data = self.cleaned_data
        known = User.objects.filter(username=data["username"]).first()
        return known or User(username=data["username"], last_name=data["last_name"], first_name=data["first_name"])
