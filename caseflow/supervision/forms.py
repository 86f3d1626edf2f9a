"""What the board is narrowed to, to whom work is given, and what is said in a supervision."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms.inputs import area
from caseflow.cases.models import Case
from caseflow.cases.rules import LONGEST_REASON
from caseflow.clocks.forms import MemberChoice
from caseflow.directory.models import District, Membership
from caseflow.drafts.forms import DraftedForm
from caseflow.supervision.rules import (
    BY_NAME,
    BY_OVERDUE,
    LONGEST_AGREEMENT,
    LONGEST_TEXT,
    LONGEST_THEMES,
    Asked,
)
from caseflow.supervision.services import Agreed, Chosen, Said

ROWS = (1, 2, 3)  # of agreements on the page
PSYCHOLOGIST, LEAD = "psychologist", "lead"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BoardForm(forms.Form):
    """What the board shows. Anything unknown counts as not asked."""

    q = forms.CharField(
        label=_("School"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    district = forms.TypedChoiceField(label=_("District"), required=False, coerce=int, empty_value=None)
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(BY_NAME, _("by name")), (BY_OVERDUE, _("most overdue first"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("district", "")
        # The one that the address names is looked for; what is offered is known once the board is read.
        self._offer([(asked, asked)] if asked.isdecimal() and len(asked) < 18 else [])

    def asked(self) -> Asked:
        """The filter, unknown values left out."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(given.get("district"), given.get("q") or "", given.get("sort") or BY_NAME)

    def offer(self, districts: Iterable[District]) -> None:
        """Let the field offer these districts."""
        self._offer([(str(district.pk), str(district)) for district in districts])

    def _offer(self, districts: list[tuple[str, str]]) -> None:
        field: Any = self.fields["district"]
        field.choices = [("", _("All districts")), *districts]


class ReassignForm(forms.Form):
    """What is handed over, to whom and why. `seen` is the digest of the plan that was looked at."""

    case = forms.TypedMultipleChoiceField(required=False, coerce=UUID)
    task = forms.TypedMultipleChoiceField(required=False, coerce=UUID)
    to = forms.TypedMultipleChoiceField(
        label=_("Who takes it over"),
        help_text=_("Of several, each gets as much as the others, as far as they may have it."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Choose a psychologist of the school or whoever stands in.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the chronology of every case."),
        max_length=LONGEST_REASON,
        widget=area(2),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        cases: Iterable[str],
        tasks: Iterable[str],
        successors: Iterable[tuple[int, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["case"].choices = [(pk, pk) for pk in cases]
        fields["task"].choices = [(pk, pk) for pk in tasks]
        fields["to"].choices = [(str(pk), name) for pk, name in successors]

    def chosen(self) -> Chosen:
        """What was ticked, once the form is valid."""
        given = self.cleaned_data
        return Chosen(frozenset(given["case"]), frozenset(given["task"]), tuple(given["to"]))


class PersonForm(forms.Form):
    """With whom a supervision is."""

    member = MemberChoice(label=_("Psychologist"), queryset=Membership.objects.none())

    def __init__(self, members: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = SchoolMemberChoice(label=_("Psychologist"), queryset=members)


class SchoolMemberChoice(MemberChoice):
    """The same name may stand in two schools."""

    def name_of(self, member: Membership) -> str:
        return f"{member.user.short_name}, {member.unit_name}"


class SupervisionForm(DraftedForm):
    """A note with its agreements. `cases` are those it can be about."""

    held_on = forms.DateField(label=_("Day"), widget=DAY)
    themes = forms.CharField(
        label=_("What it was about"),
        help_text=_("A few words, without a pupil's name: they stand in the list."),
        max_length=LONGEST_THEMES,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    case = forms.TypedChoiceField(label=_("About a case"), required=False, coerce=UUID, empty_value=None)
    text = forms.CharField(label=_("What was said"), max_length=LONGEST_TEXT, widget=area(8))
    share = forms.BooleanField(
        label=_("The psychologist may read it. I know that it cannot be taken back."), required=False
    )

    def __init__(self, cases: Iterable[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        named = [
            (str(case.pk), gettext("no. %(number)s, %(name)s") % {"number": case.number, "name": case.pupil.short_name})
            for case in cases
        ]
        field.choices = [("", _("no case: the work as a whole")), *named]
        for number in ROWS:
            self.fields |= _agreement_fields(number)

    @property
    def agreement_rows(self) -> list[tuple[int, list[Any]]]:
        return [(number, [self[f"{part}_{number}"] for part in ("what", "who", "due")]) for number in ROWS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in ROWS:
            what, due = given.get(f"what_{number}"), given.get(f"due_{number}")
            if what and not due and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("Say until when."))
            elif what and due and due < timezone.localdate():
                self.add_error(f"due_{number}", _("This day has passed. Choose a later one."))
        return given

    def said(self) -> Said:
        """What was written, once the form is valid."""
        given = self.cleaned_data
        agreed = [
            Agreed(given[f"what_{number}"], given[f"who_{number}"] == LEAD, end_of(given[f"due_{number}"]))
            for number in ROWS
            if given.get(f"what_{number}")
        ]
        return Said(given["held_on"], given["themes"], given["text"], given.get("case"), tuple(agreed))


class CorrectionForm(SupervisionForm):
    """The same about the same; who reads it does not change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__((), *args, **kwargs)
        del self.fields["case"], self.fields["share"]


def end_of(day: date) -> datetime:
    """The last minute of the day, local time."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _agreement_fields(number: int) -> dict[str, forms.Field]:
    return {
        f"what_{number}": forms.CharField(label=_("What is agreed"), required=False, max_length=LONGEST_AGREEMENT),
        f"who_{number}": forms.ChoiceField(
            label=_("Who does it"), required=False, choices=[(PSYCHOLOGIST, _("the psychologist")), (LEAD, _("I"))]
        ),
        f"due_{number}": forms.DateField(label=_("Until when"), required=False, widget=DAY),
    }
