"""What the administrator of the installation enters: units, agencies, school years and breaks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.directory.forms.inputs import DateInput
from caseflow.directory.models import Agency, District, Region, School, SchoolBreak, SchoolYear

NAMES = {"name_kk": _("Name, in Kazakh"), "name_ru": _("Name, in Russian"), "name_en": _("Name, in English")}
SPAN = {"starts_on": _("From"), "ends_on": _("To")}


class RegionForm(forms.ModelForm[Region]):
    class Meta:
        model = Region
        fields = (*NAMES,)
        labels = NAMES


class DistrictForm(forms.ModelForm[District]):
    class Meta:
        model = District
        fields = ("region", *NAMES)
        labels = {"region": _("Region"), **NAMES}


class SchoolForm(forms.ModelForm[School]):
    bin = forms.RegexField(
        r"^\d{12}$",
        label=_("BIN of the school"),
        help_text=_("12 digits. Consents are given to this body."),
        error_messages={"invalid": _("A BIN has 12 digits.")},
    )

    class Meta:
        model = School
        fields = ("district", *NAMES, "bin", "address", "phone", "six_day_week", "latitude", "longitude")
        labels = {
            "district": _("District"),
            "address": _("Address"),
            "phone": _("Telephone"),
            "six_day_week": _("Lessons on Saturdays too"),
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
            **NAMES,
        }
        help_texts = {
            "address": _("With the way in: the police read it when the panic button is pressed."),
            "latitude": _("In degrees, as maps show it: 43.65123. For the operators' map."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"latitude", "longitude"} <= data.keys() and (data["latitude"] is None) != (data["longitude"] is None):
            self.add_error("longitude", _("Give both, or neither."))
        return data


class AgencyForm(forms.ModelForm[Agency]):
    class Meta:
        model = Agency
        fields = ("kind", "region", "district", *NAMES, "phone")
        labels = {
            "kind": _("Kind"),
            "region": _("Region"),
            "district": _("District"),
            "phone": _("Telephone"),
            **NAMES,
        }
        help_texts = {"district": _("Empty: it serves the whole region.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        district, region = data.get("district"), data.get("region")
        if district and region and district.region_id != region.pk:
            self.add_error("district", _("The district lies in another region."))
        return data


class YearForm(forms.ModelForm[SchoolYear]):
    class Meta:
        model = SchoolYear
        fields = ("region", "starts_on", "ends_on")
        labels = {"region": _("Region"), **SPAN}
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"region", "starts_on", "ends_on"} <= data.keys():
            return data
        others = SchoolYear.objects.filter(region=data["region"])
        if data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _("The last day must come after the first."))
        elif others.filter(starts_on__lte=data["ends_on"], ends_on__gte=data["starts_on"]).exists():
            self.add_error("starts_on", _("Another school year of the region covers these days."))
        return data


class BreakForm(forms.ModelForm[SchoolBreak]):
    class Meta:
        model = SchoolBreak
        fields = ("year", "starts_on", "ends_on")
        labels = {"year": _("School year"), **SPAN}
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"year", "starts_on", "ends_on"} <= data.keys():
            return data
        year = data["year"]
        if data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day must not come before the first."))
        elif not year.starts_on <= data["starts_on"] <= data["ends_on"] <= year.ends_on:
            self.add_error("starts_on", _("A break lies within its school year."))
        return data


FORMS: dict[str, type[forms.ModelForm[Any]]] = {
    "region": RegionForm,
    "district": DistrictForm,
    "school": SchoolForm,
    "agency": AgencyForm,
    "year": YearForm,
    "break": BreakForm,
}
