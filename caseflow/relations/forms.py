"""What is asked when somebody around a pupil is recorded or ended."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.rules import LONGEST_REASON
from caseflow.relations.enums import RelationKind, SaidBy
from caseflow.relations.rules import LONGEST_NAME, LONGEST_SAID
from caseflow.relations.services import Told

PUPIL, MEMBER = "pupil:", "member:"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PersonForm(forms.Form):
    """`person` is "pupil:<uuid>" or "member:<number>", chosen from whoever was found; else `outside` says who it is."""

    kind = forms.ChoiceField(label=_("What are they to the pupil?"), choices=RelationKind.choices)
    person = forms.RegexField(
        regex=r"\A(?:pupil:[0-9a-f-]{36}|member:[0-9]{1,18})\Z", required=False, widget=forms.HiddenInput
    )
    outside = forms.CharField(
        label=_("Or somebody from outside the school"),
        help_text=_("Name, and how to reach them. It is sealed with the case."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    said_by = forms.ChoiceField(label=_("Who said so?"), choices=SaidBy.choices)
    since = forms.DateField(
        label=_("Since when, if known"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=_("What was said"),
        help_text=_("For example: sits with her at lunch. No guesses about the other person."),
        required=False,
        max_length=LONGEST_SAID,
        widget=_area(2),
    )

    def told(self) -> Told:
        """Only after `is_valid`."""
        given = self.cleaned_data
        who: str = given["person"]
        return Told(
            kind=RelationKind(given["kind"]),
            said_by=SaidBy(given["said_by"]),
            pupil=_uuid(who.removeprefix(PUPIL)) if who.startswith(PUPIL) else None,
            employee=int(who.removeprefix(MEMBER)) if who.startswith(MEMBER) else None,
            outside=given["outside"],
            note=given["note"],
            since=given["since"],
        )

    def clean_person(self) -> str:
        who: str = self.cleaned_data["person"]
        if who.startswith(PUPIL) and _uuid(who.removeprefix(PUPIL)) is None:
            raise forms.ValidationError(_("Choose somebody from the list."))
        return who


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Why are they no longer around the pupil?"), max_length=LONGEST_REASON, widget=_area(3)
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def chosen_in(sent: str) -> dict[str, UUID | int | None]:
    """Who is chosen in what was sent as `person`, so that a page shows them ticked again."""
    number = sent.removeprefix(MEMBER)
    return {"pupil": _uuid(sent.removeprefix(PUPIL)), "member": int(number) if number.isdecimal() else None}


def sent_query(data: Any) -> str:
    """What was typed to find somebody."""
    return str(data.get("q", "")).replace("\0", "")[:100]
