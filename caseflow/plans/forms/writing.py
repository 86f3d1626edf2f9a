"""The draft of a safety plan: six steps of lines, each with its mark for the parents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms.seen import BesideForm
from caseflow.cases.meanwhile import Saved
from caseflow.plans.enums import Step
from caseflow.plans.rules import LONGEST_LINE, LONGEST_NAME, MOST_LINES, STEPS, PlanText, read_out, text_in
from caseflow.plans.rules.written import MOST_ROWS, SEEN, line_field, share_field

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

HINTS: "Final[dict[Step, StrPromise]]" = {
    Step.SIGNS: _("Thoughts, feelings, situations: what comes before it gets hard. In the pupil's own words."),
    Step.ALONE: _("What has helped before, without anybody's help."),
    Step.ELSEWHERE: _("Whom to be with, where to go: not to talk about it, but to think of something else."),
    Step.PEOPLE: _("Family and friends to whom one can say “I am not well”, and how to reach them."),
    Step.SPECIALISTS: _("The school psychologist, the doctor, the hotline 111, and 112 in danger: name and number."),
    Step.SURROUNDINGS: _(
        "What is put out of reach, who does it and until when. The adults at home do it, so offer the pupil to share "
        "these lines with them."
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the form; `spare` ones are shown when they are asked for."""

    line: BoundField
    share: BoundField
    spare: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A step of the form."""

    step: Step
    hint: "StrPromise"
    rows: list[Row]

    @property
    def has_spare(self) -> bool:
        return any(row.spare for row in self.rows)


class SeenForm(forms.Form):
    """Which text the person has before them, so that nothing is done with another one."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SafetyForm(SeenForm, BesideForm):
    """As many lines to a step as a plan may have, and more only where more were sent or kept."""

    name = forms.CharField(
        label=_("How the pupil wants to be named on the plan"), max_length=LONGEST_NAME, required=False
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.rows = _rows(self.data if self.is_bound else self.initial)
        for step in STEPS:
            for number in range(self.rows):
                self.fields[line_field(step, number)] = forms.CharField(
                    label=_("Step %(step)s, line %(line)s") % {"step": step.value, "line": number + 1},
                    max_length=LONGEST_LINE,
                    required=False,
                )
                self.fields[share_field(step, number)] = forms.BooleanField(
                    label=_("Parents may read it"), required=False
                )

    def blocks(self) -> Iterator[Block]:
        """The steps as the page shows them: what is filled, and one empty line after it."""
        for step in STEPS:
            filled = [bool(self[line_field(step, number)].value()) for number in range(self.rows)]
            shown = max((number + 2 for number, full in enumerate(filled) if full), default=1)
            rows = [
                Row(self[line_field(step, number)], self[share_field(step, number)], number >= shown)
                for number in range(self.rows)
            ]
            yield Block(step, HINTS[step], rows)

    @property
    def before(self) -> str:
        """The digest of the text that whoever has this form before them has seen."""
        return str(self.beside.saved.key if self.beside else self[SEEN].value() or "")

    def text(self) -> PlanText:
        """What stands in the form, without empty lines."""
        return text_in(self.stands())

    def show_newer(self, saved: Saved) -> None:
        """Put what is saved beside what stands in the form, unless its author has seen it or says the same."""
        if saved.key != self.before and saved.text != read_out(self.text()):
            self.show_beside(saved)


def _rows(fields: Mapping[str, Any]) -> int:
    filled = (number + 1 for number in range(MOST_ROWS) if any(fields.get(line_field(step, number)) for step in STEPS))
    return max([MOST_LINES, *filled])
