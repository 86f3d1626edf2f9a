"""The forms of referrals. What stands against a referral is said by the services."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms.inputs import area
from caseflow.directory.models import Agency, Pupil, School
from caseflow.referrals.enums import Ground, Told
from caseflow.referrals.rules import LONGEST_TEXT, MOST_TAKEN, WRITTEN, Draft
from caseflow.referrals.selectors.people import possible_agencies, possible_schools
from caseflow.referrals.selectors.writing import Writing
from caseflow.referrals.services import Written

AGENCY, SCHOOL = "agency", "school"


class TakenField(forms.MultipleChoiceField):
    """Facts that are taken over; one that can be taken no longer is left out, and the preview shows it missing."""

    def validate(self, value: Any) -> None:
        """Whether a fact is there, whoever composes the letter asks."""


class WriteForm(forms.Form):
    """Receiver, ground and fields; what is not finished is kept as well as what is."""

    receiver = forms.ChoiceField(label=_("Who receives it"), required=False)
    urgent = forms.BooleanField(label=_("Urgent: it has to be accepted today"), required=False)
    ground = forms.ChoiceField(
        label=_("On what ground"), choices=Ground.choices, required=False, widget=forms.RadioSelect
    )
    # Whether it holds for the receiver, the services know; the page shows those that do.
    basis = forms.CharField(label=_("Which legal ground"), required=False, max_length=40, widget=forms.Select)
    ground_words = forms.CharField(
        label=_("What makes it hold here"),
        help_text=_("The lead psychologist looks at it within the term. The receiver does not read it."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=area(2),
    )
    asked = forms.CharField(
        label=_("What you ask of the receiver"), required=False, max_length=LONGEST_TEXT, widget=area(3)
    )
    fields_told = forms.MultipleChoiceField(choices=Told.choices, required=False)
    reason = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=area(3), label=Told.REASON.label)
    done_so_far = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=area(3), label=Told.DONE_SO_FAR.label)
    facts = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=area(3), label=Told.FACTS.label)
    taken = TakenField(required=False)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, writing: Writing, data: Any = None) -> None:
        super().__init__(data, initial=_initial(writing))
        self.writing = writing
        referral = writing.referral
        self.fields["receiver"].choices = _receivers(referral.case, schools_only=referral.is_transfer)  # type: ignore[attr-defined]
        bases = [("", "—"), *((basis.code, basis.name) for basis in writing.bases)]
        self.fields["basis"].widget.choices = bases

    def written(self) -> Written:
        """What was sent, as the services take it; for a valid form alone."""
        said = self.cleaned_data
        unit, _colon, key = said["receiver"].partition(":")
        return Written(
            agency_id=int(key) if unit == AGENCY else None,
            school_id=int(key) if unit == SCHOOL else None,
            urgent=said["urgent"],
            ground=said["ground"],
            basis=said["basis"],
            ground_words=said["ground_words"],
            draft=Draft(
                tuple(said["fields_told"]),
                said["asked"],
                tuple((told.value, said[told.value]) for told in WRITTEN),
                tuple(said["taken"])[:MOST_TAKEN],
            ),
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("basis") and said.get("ground") != Ground.LEGAL:
            said["basis"] = ""
        return said


class WordsForm(forms.Form):
    """What is said to a move; whether it is needed, the services know."""

    words = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=area(3))


class AcceptTransferForm(WordsForm):
    """Whom of the own roll the case is about, where several can be meant."""

    pupil = forms.ChoiceField(label=_("Pupil on the roll of your school"), required=False)

    def __init__(self, rolls: Iterable[Pupil], data: Any = None) -> None:
        super().__init__(data)
        choices = [(str(one.pk), f"{one.full_name}, {one.school_class or '—'}") for one in rolls]
        self.fields["pupil"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """The lead's word on a legal ground."""

    holds = forms.TypedChoiceField(
        label=_("Does the legal ground hold?"),
        choices=((1, _("It holds")), (0, _("It does not hold"))),
        coerce=lambda said: bool(int(said)),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Why"), max_length=LONGEST_TEXT, widget=area(3))


def _receivers(case: Any, *, schools_only: bool) -> list[Any]:
    schools = [
        (str(district), [(f"{SCHOOL}:{school.pk}", str(school)) for school in of_district])
        for district, of_district in groupby(possible_schools(case), key=_district)
    ]
    if schools_only:
        return [("", "—"), *schools]
    agencies = [
        (of_kind[0].get_kind_display(), [(f"{AGENCY}:{agency.pk}", str(agency)) for agency in of_kind])
        for of_kind in (list(group) for _kind, group in groupby(possible_agencies(case), key=_kind))
    ]
    return [("", "—"), *agencies, *schools]


def _kind(agency: Agency) -> str:
    return agency.kind


def _district(school: School) -> str:
    return str(school.district)


def _initial(writing: Writing) -> dict[str, Any]:
    referral, draft = writing.referral, writing.draft
    receiver = f"{AGENCY}:{referral.agency_id}" if referral.agency_id else ""
    receiver = f"{SCHOOL}:{referral.to_school_id}" if referral.to_school_id else receiver
    said = {
        "receiver": receiver,
        "urgent": referral.urgent,
        "ground": referral.ground,
        "basis": referral.basis,
        "ground_words": writing.ground_words,
        "asked": draft.asked,
        "fields_told": list(draft.fields),
        "taken": list(draft.taken),
        "seen": writing.letter.sha256,
    }
    return said | {told.value: draft.text_of(told.value) for told in WRITTEN}
