from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.directory.models import District, Region


class PlaceForm(forms.Form):
    """Of which district the figures are; nothing is the whole region."""

    district = forms.ModelChoiceField(District.objects.none(), required=False, label=_("District"))

    def __init__(self, region: Region, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["district"]
        field.queryset = region.districts.order_by("name_ru")  # type: ignore[attr-defined]
        field.empty_label = str(region)  # type: ignore[attr-defined]

    def place(self) -> District | None:
        """The chosen district; None for the region, and for what is none of its districts."""
        return self.cleaned_data.get("district") if self.is_valid() else None
