"""What is written into a flow: proofs, dates, the second person."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms.inputs import MemberField, area
from caseflow.cases.models import Case
from caseflow.directory.models import Membership
from caseflow.protocols.rules import LONGEST_PROOF, Outside
from caseflow.protocols.selectors.seconds import possible_seconds

OFFERED = (timedelta(days=2), timedelta(days=7), timedelta(days=30))
MORNING, SUNDAY = 10, 6
MINUTES = "%Y-%m-%dT%H:%M"


class ProofForm(forms.Form):
    """What was done and when, or why a step does not apply."""

    text = forms.CharField(label=_("What was done and when"), max_length=LONGEST_PROOF, widget=area(2))


class DoneForm(ProofForm):
    """As `ProofForm`; of a referral by telephone to whom and when, and then words are not needed."""

    to_whom = forms.CharField(
        label=_("To whom, by telephone or by calling an ambulance"), required=False, max_length=200
    )
    at = forms.DateTimeField(
        label=_("When that was"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
        input_formats=[MINUTES],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def outside(self) -> Outside | None:
        """None where nothing is said of a referral by telephone."""
        to_whom, at = self.cleaned_data["to_whom"], self.cleaned_data["at"]
        return Outside(to_whom, at or timezone.now()) if to_whom or at else None


class LooksForm(forms.Form):
    """The dates on which somebody looks again."""

    first = forms.DateTimeField(label=_("First"), widget=forms.DateTimeInput, input_formats=[MINUTES])
    second = forms.DateTimeField(label=_("Second"), widget=forms.DateTimeInput, input_formats=[MINUTES])
    third = forms.DateTimeField(label=_("Third"), widget=forms.DateTimeInput, input_formats=[MINUTES])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES)

    def looks(self) -> list[datetime]:
        return [self.cleaned_data[name] for name in ("first", "second", "third")]


def first_looks(started_at: datetime) -> dict[str, datetime]:
    """What the form offers: two days after it began (or from now where that is over), a week and a month, each in the
    morning and the later ones never on a Sunday."""
    begun = max(started_at, timezone.now() - OFFERED[0] / 2)
    first, *later = (
        timezone.localtime(begun + after).replace(hour=MORNING, minute=0, second=0, microsecond=0) for after in OFFERED
    )
    second, third = (at + timedelta(days=1) if at.weekday() == SUNDAY else at for at in later)
    return {"first": first, "second": second, "third": third}


class SecondForm(forms.Form):
    """Another second person, and why."""

    member = MemberField(label=_("Second person"), queryset=Membership.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_PROOF, widget=area(2))

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = MemberField(label=_("Second person"), queryset=possible_seconds(case))
