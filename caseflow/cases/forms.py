from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import CaseStatus, RiskLevel, Visibility
from caseflow.cases.models import Case
from caseflow.cases.rules import LONGEST_NOTE, LONGEST_REASON, LONGEST_TITLE
from caseflow.cases.selectors.lists import NOT_ASSESSED, CaseFilter
from caseflow.cases.selectors.people import assignable_members, possible_task_owners
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NoteForm(forms.Form):
    """The quick note above the chronology."""

    text = forms.CharField(label=_("New note"), max_length=LONGEST_NOTE, widget=_area(2))
    private = forms.BooleanField(label=_("Only for me and the lead"), required=False, initial=True)

    def visibility(self) -> Visibility:
        return Visibility.ME_AND_LEAD if self.cleaned_data["private"] else Visibility.TEAM


class CorrectionForm(forms.Form):
    text = forms.CharField(label=_("How it should read"), max_length=LONGEST_NOTE, widget=_area(6))


class RiskSelect(forms.RadioSelect):
    """Each level with its meter, so that it is told by form as well as by its word."""

    has_meters = True


class RiskForm(forms.Form):
    level = forms.ChoiceField(label=_("Risk level"), choices=RiskLevel.choices, widget=RiskSelect)
    basis = forms.CharField(
        label=_("What the assessment is based on"),
        help_text=_("Conversation, questionnaire, observation: what was said and seen. Only psychologists read it."),
        max_length=LONGEST_NOTE,
        widget=_area(6),
    )


class ReasonForm(forms.Form):
    """Why a case is opened, closed or reopened."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=_area(4))


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("What came of it"), max_length=LONGEST_REASON, widget=_area(3))


class MemberField(forms.ModelChoiceField[Membership]):
    """A person with the role in which they are asked."""

    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.user.short_name} ({Role(obj.role).label})"


class TaskForm(forms.Form):
    title = forms.CharField(
        label=_("What has to be done"),
        help_text=_(
            "The person you choose reads this text. A class teacher or a social pedagogue sees nothing else of the "
            "case: write what to do, not why. For example: be attentive at breaks, tell me what you notice."
        ),
        max_length=LONGEST_TITLE,
        widget=_area(2),
    )
    owner = MemberField(label=_("Who does it"), queryset=Membership.objects.none())
    due_at = forms.DateTimeField(
        label=_("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = MemberField(label=_("Who does it"), queryset=possible_task_owners(case))

    def clean_due_at(self) -> datetime:
        due: datetime = self.cleaned_data["due_at"]
        if due <= timezone.now():
            raise forms.ValidationError(_("This time has passed. Choose a later one."))
        return due


class AssignForm(forms.Form):
    """To whom the case is given: psychologists lead it, lead psychologists are let in."""

    member = MemberField(label=_("Person"), queryset=Membership.objects.none())

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = MemberField(label=_("Person"), queryset=assignable_members(case))


class BreakGlassForm(forms.Form):
    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none())
    number = forms.IntegerField(label=_("Case number"), min_value=1, max_value=2_147_483_647)
    reason = forms.CharField(
        label=_("Why you need this case now"),
        help_text=_("The data protection officer is told. Access ends after 24 hours."),
        max_length=LONGEST_REASON,
        widget=_area(3),
    )

    def __init__(self, schools: QuerySet[School], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"] = forms.ModelChoiceField(label=_("School"), queryset=schools)


class CaseFilterForm(forms.Form):
    """What the list shows. Anything unknown counts as not asked."""

    q = forms.CharField(
        label=_("Pupil"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("all", _("All of the school")), ("mine", _("Led by me"))]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*CaseStatus.choices, ("any", _("Open and closed"))]
    )
    risk = forms.ChoiceField(
        label=_("Risk"),
        required=False,
        choices=[("", _("Any")), *RiskLevel.choices, (NOT_ASSESSED, _("Not assessed"))],
    )

    def asked(self) -> CaseFilter:
        """The filter, unknown values left out."""
        self.is_valid()
        given = self.cleaned_data
        status = given.get("status") or CaseStatus.OPEN
        return CaseFilter(
            whose=given.get("whose") or "all",
            status="" if status == "any" else status,
            risk=given.get("risk") or "",
            query=given.get("q") or "",
        )
