"""The forms of legal requests. What stands against one is said by the services."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms.inputs import area
from caseflow.directory.forms.inputs import DateInput
from caseflow.legalrequests.enums import Given, Ground
from caseflow.legalrequests.limits import LONGEST_ACT, LONGEST_NUMBER, LONGEST_TERM_DAYS, LONGEST_TEXT, TERM_DAYS
from caseflow.legalrequests.rules import MINIMUM
from caseflow.legalrequests.selectors.composing import Chosen
from caseflow.legalrequests.selectors.reading import Child
from caseflow.legalrequests.services import Preparing, Wish

LONGEST_NAME = 150
CHOOSABLE = [(given.value, given.label) for given in Given if given not in (*MINIMUM, Given.EVENTS)]


class AskForm(forms.Form):
    """A request as its document says it."""

    ground = forms.ChoiceField(label=_("On what it rests"), choices=Ground.choices, widget=forms.RadioSelect)
    act = forms.CharField(label=_("Article and law"), max_length=LONGEST_ACT)
    number = forms.CharField(label=_("Number of the document"), max_length=LONGEST_NUMBER)
    dated = forms.DateField(label=_("Date of the document"), widget=DateInput())
    last_name = forms.CharField(label=_("Family name of the child"), max_length=LONGEST_NAME)
    first_name = forms.CharField(label=_("First name"), max_length=LONGEST_NAME)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DateInput())
    school = forms.CharField(label=_("School, if known"), max_length=LONGEST_NAME, required=False)
    asked = forms.CharField(
        label=_("What you ask for, and for what it is needed"),
        help_text=_("Only what this needs is given. Notes, questionnaires and mood values never are."),
        max_length=LONGEST_TEXT,
        widget=area(4),
    )
    barred_act = forms.CharField(
        label=_("Article that bars telling the family"),
        help_text=_("Empty: the family is told at once of what was given."),
        max_length=LONGEST_ACT,
        required=False,
    )
    barred_until = forms.DateField(label=_("Barred until"), widget=DateInput(), required=False)

    def wish(self) -> Wish:
        """What is recorded."""
        said = self.cleaned_data
        child = Child(said["last_name"].strip(), said["first_name"].strip(), said["birth_date"], said["school"].strip())
        names = ("act", "number", "dated", "asked", "barred_act", "barred_until")
        return Wish(ground=Ground(said["ground"]), child=child, **{name: said[name] for name in names})


class PrepareForm(forms.Form):
    """Of which case, and which fields of it."""

    case = forms.ChoiceField(label=_("Whose case it is"), widget=forms.RadioSelect)
    given = forms.MultipleChoiceField(
        label=_("What is given besides name and date of birth"),
        choices=CHOOSABLE,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    taken = forms.MultipleChoiceField(required=False)
    done = forms.CharField(
        label=Given.DONE.label,
        help_text=_("In your own words, if you ticked it: facts, no assessment."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=area(4),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, shown: Preparing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [(str(case.pk), str(case)) for case in shown.cases]  # type: ignore[attr-defined]
        facts = [(fact.code, fact.title) for source in shown.sources for fact in source.facts]
        self.fields["taken"].choices = facts  # type: ignore[attr-defined]

    @property
    def case_id(self) -> UUID:
        return UUID(self.cleaned_data["case"])

    def chosen(self) -> Chosen:
        """What was chosen; facts alone mean the field of events."""
        said = self.cleaned_data
        fields = (*said["given"], *([Given.EVENTS.value] if said["taken"] else []))
        return Chosen(fields, tuple(said["taken"]), said["done"])


class ApproveForm(forms.Form):
    """For how long what is given can be read."""

    days = forms.IntegerField(
        label=_("For how many days it can be read"), min_value=1, max_value=LONGEST_TERM_DAYS, initial=TERM_DAYS
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class WhyForm(forms.Form):
    """Why nothing is given, or why it is taken back."""

    words = forms.CharField(label=_("Why"), max_length=LONGEST_TEXT, widget=area(2))
