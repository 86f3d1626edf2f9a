"""Where a case goes on to, and who is asked to agree that it ends."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import Stage
from caseflow.cases.forms.inputs import MemberField, area
from caseflow.cases.models import Case
from caseflow.cases.rules import LONGEST_REASON
from caseflow.cases.selectors.standing import possible_deciders
from caseflow.directory.models import Membership


class MoveForm(forms.Form):
    """The stages that are open to the case now, and why it goes there. `waits`: something is missing before another.

    The only way is chosen already, but never where the next stage waits: then it leads back.
    """

    stage = forms.ChoiceField(label=_("Next stage"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=area(3))

    def __init__(self, stages: Iterable[Stage], *args: Any, waits: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(stage.value, stage.label) for stage in stages]
        self.fields["stage"] = forms.ChoiceField(
            label=_("Next stage"),
            choices=choices,
            widget=forms.RadioSelect,
            initial=choices[0][0] if len(choices) == 1 and not waits else None,
        )


class AskToCloseForm(forms.Form):
    """Whom to ask, and why the case can be closed."""

    lead = MemberField(label=_("Who is asked"), queryset=Membership.objects.none())
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The lead psychologist you ask is let into the case and told."),
        max_length=LONGEST_REASON,
        widget=area(4),
    )

    def __init__(self, case: Case, asked_by: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = possible_deciders(case, asked_by)
        self.fields["lead"] = MemberField(label=_("Who is asked"), queryset=leads)


class AnswerForm(forms.Form):
    """What the lead psychologist says to the wish to close a case."""

    text = forms.CharField(
        label=_("What you say to it"),
        help_text=_("It stays in the chronology. Returned: what is to be done before."),
        max_length=LONGEST_REASON,
        widget=area(4),
    )
