"""What is written into a support plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms import TaskForm
from caseflow.cases.rules import LONGEST_REASON, LONGEST_TITLE
from caseflow.plans.enums import GoalState


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class GoalForm(forms.Form):
    title = forms.CharField(
        label=_("Goal"),
        help_text=_("What is to be different. The social pedagogue of the school reads it: write no reasons here."),
        max_length=LONGEST_TITLE,
        widget=_area(2),
    )
    shown_by = forms.CharField(
        label=_("What would show that it is reached"),
        help_text=_("Something that can be seen or heard. For example: two weeks without a missed lesson."),
        max_length=LONGEST_TITLE,
        widget=_area(2),
    )


class MeasureForm(TaskForm):
    """A task with what is to come of it."""

    expected = forms.CharField(
        label=_("What is to come of it"),
        help_text=_("The social pedagogue of the school reads it, and later what came of it."),
        max_length=LONGEST_TITLE,
        widget=_area(2),
    )
    field_order = ("title", "expected", "owner", "due_at")


class EndGoalForm(forms.Form):
    state = forms.ChoiceField(
        label=_("The goal is"),
        choices=[(state.value, state.label) for state in GoalState if state is not GoalState.OPEN],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("From what is that seen?"), max_length=LONGEST_REASON, widget=_area(3))
