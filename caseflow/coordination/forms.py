from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.directory.models import District, Region
from caseflow.indicators.rules.periods import Period, finished_quarters, period_named
from caseflow.releases.wording import period_words
from caseflow.signing.models import LONGEST_WORDS

OFFERED_QUARTERS, OFFERED_YEARS = 8, 2


class CommentForm(forms.Form):
    """What the council says to the figures."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands above the figures. No names."),
    )


class ComposeForm(CommentForm):
    """Which finished period to release, and the council's comment."""

    period = forms.ChoiceField(label=_("Period"), help_text=_("A year can be released after its four quarters."))
    district = forms.ModelChoiceField(
        District.objects.none(),
        label=_("Territory"),
        required=False,
        help_text=_("A report about a district shows it beside the region."),
    )
    field_order = ("period", "district", "comment")

    def __init__(self, region: Region, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        district = self.fields["district"]
        district.queryset = region.districts.all()  # type: ignore[attr-defined]
        district.empty_label = str(region)  # type: ignore[attr-defined]
        quarters = finished_quarters(timezone.localdate(), OFFERED_QUARTERS)
        this_year = Period(timezone.localdate().year)
        years = [Period(this_year.year - back) for back in range(1, OFFERED_YEARS + 1)]
        choices = [
            (_("Quarters"), [(quarter.code, period_words(quarter)) for quarter in quarters]),
            (_("Years"), [(year.code, period_words(year)) for year in years]),
        ]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]

    def chosen_period(self) -> Period:
        """The chosen period of a valid form."""
        return period_named(self.cleaned_data["period"])


class CorrectForm(CommentForm):
    """Why figures are released once more; the first ones stay where they are."""

    reason = forms.CharField(
        label=_("What was corrected"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the new version. No names, no figures of a single school."),
    )
    field_order = ("reason", "comment")


class SignForm(forms.Form):
    """An answer to being asked for a signature. `seen` is the digest of the report that was before the reader."""

    SIGN, REFUSE, KEY = "sign", "refuse", "key"

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[(each, each) for each in (SIGN, REFUSE, KEY)], widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Why you do not sign"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    cms = forms.FileField(
        label=_("Signature of your key (CMS, .p7s)"),
        required=False,
        allow_empty_file=True,
        help_text=_("Sign the file “JSON” of this page with your key, detached, and choose the result."),
    )


class ExcuseForm(forms.Form):
    """Why somebody cannot be asked any more."""

    words = forms.CharField(max_length=LONGEST_WORDS)
