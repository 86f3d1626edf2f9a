"""To whom a task or a case is given, and the glass that is broken."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms.inputs import MemberField, area
from caseflow.cases.models import Case
from caseflow.cases.rules import LONGEST_REASON, LONGEST_TITLE
from caseflow.cases.selectors.people import assignable_members, possible_task_owners
from caseflow.directory.models import Membership, School
from caseflow.drafts.forms import DraftedForm


class TaskForm(DraftedForm):
    title = forms.CharField(
        label=_("What has to be done"),
        help_text=_(
            "The person you choose reads this text. A class teacher or a social pedagogue sees nothing else of the "
            "case: write what to do, not why. For example: be attentive at breaks, tell me what you notice."
        ),
        max_length=LONGEST_TITLE,
        widget=area(2),
    )
    owner = MemberField(label=_("Who does it"), queryset=Membership.objects.none())
    due_at = forms.DateTimeField(
        label=_("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def __init__(self, case: Case, *args: Any, me: Membership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = MemberField(label=_("Who does it"), queryset=possible_task_owners(case), initial=me)

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
        widget=area(3),
    )

    def __init__(self, schools: QuerySet[School], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"] = forms.ModelChoiceField(label=_("School"), queryset=schools)
