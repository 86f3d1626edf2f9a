"""The draft of a safety plan: six steps of lines, each with its mark for the parents."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from caseflow.plans.enums import Step
from caseflow.plans.rules import LONGEST_LINE, LONGEST_NAME, MOST_LINES, STEPS, Line, PlanText

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


class SafetyForm(SeenForm):
    name = forms.CharField(
        label=_("How the pupil wants to be named on the plan"), max_length=LONGEST_NAME, required=False
    )

    def __init__(self, text: PlanText, data: Any = None) -> None:
        super().__init__(data, initial=_initial(text))
        for step in STEPS:
            for number in range(MOST_LINES):
                self.fields[_line(step, number)] = forms.CharField(
                    label=_("Step %(step)s, line %(line)s") % {"step": step.value, "line": number + 1},
                    max_length=LONGEST_LINE,
                    required=False,
                )
                self.fields[_share(step, number)] = forms.BooleanField(label=_("Parents may read it"), required=False)

    def blocks(self) -> Iterator[Block]:
        """The steps as the page shows them: what is filled, and one empty line after it."""
        for step in STEPS:
            filled = [bool(self[_line(step, number)].value()) for number in range(MOST_LINES)]
            shown = max((number + 2 for number, full in enumerate(filled) if full), default=1)
            rows = [
                Row(self[_line(step, number)], self[_share(step, number)], number >= shown)
                for number in range(MOST_LINES)
            ]
            yield Block(step, HINTS[step], rows)

    def text(self) -> PlanText:
        """What was written, without empty lines."""
        given = self.cleaned_data
        steps = tuple(
            tuple(
                Line(given[_line(step, number)], given[_share(step, number)])
                for number in range(MOST_LINES)
                if given[_line(step, number)]
            )
            for step in STEPS
        )
        return PlanText(given["name"], steps)


def _initial(text: PlanText) -> dict[str, Any]:
    found: dict[str, Any] = {"name": text.name, "seen": text.sha256}
    for step in STEPS:
        for number, line in enumerate(text.of(step)):
            found |= {_line(step, number): line.text, _share(step, number): line.shared}
    return found


def _line(step: Step, number: int) -> str:
    return f"line_{step.value}_{number}"


def _share(step: Step, number: int) -> str:
    return f"share_{step.value}_{number}"
