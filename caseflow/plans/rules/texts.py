"""The text of a safety plan: six steps of lines in the pupil's own words, each line marked where parents may read it.

What is signed is one exact text; its digest is taken from a form of writing that is the same for the same text.
"""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from caseflow.plans.enums import Step

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST_LINE = 160  # characters
LONGEST_NAME = 60
MOST_LINES = 6  # of a step
STEPS: Final = tuple(Step)

NO_NAME: "Final[StrPromise]" = _("Write how the pupil wants to be named on the plan.")
NOT_SAFER: "Final[StrPromise]" = _(
    "Step 6 is empty. Without an agreement on how the surroundings are made safer the plan cannot be signed."
)
NOTHING_SAID: "Final[StrPromise]" = _("Steps 1 to 5 are empty. Write down what the pupil says.")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class PlanText:
    """`steps` are six, in order; lines are never empty."""

    name: str
    steps: tuple[tuple[Line, ...], ...]

    def of(self, step: Step) -> tuple[Line, ...]:
        return self.steps[step - 1]

    @property
    def titled(self) -> "list[tuple[StrPromise, tuple[Line, ...]]]":
        """Each step's name with its lines."""
        return [(step.label, self.of(step)) for step in STEPS]

    @property
    def shared(self) -> "PlanText":
        """What of it parents may read."""
        return replace(self, steps=tuple(tuple(line for line in step if line.shared) for step in self.steps))

    @property
    def is_shared(self) -> bool:
        return any(self.shared.steps)

    def written(self) -> str:
        """The one way in which this text is written down; `read_text` reads it."""
        steps = [[[line.text, line.shared] for line in step] for step in self.steps]
        return json.dumps({"name": self.name, "steps": steps}, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """64 hexadecimal digits of the exact text, marks included."""
        return sha256(self.written().encode()).hexdigest()


def empty_text() -> PlanText:
    return PlanText("", tuple(() for _step in STEPS))


def read_text(written: str) -> PlanText:
    """What `PlanText.written` wrote."""
    found: dict[str, Any] = json.loads(written)
    return PlanText(found["name"], tuple(tuple(Line(*line) for line in step) for step in found["steps"]))


def missing_to_sign(text: PlanText) -> "list[StrPromise]":
    """What the text lacks before it may be signed, as sentences; means restriction (rule 16) above all."""
    missing = [] if text.name else [NO_NAME]
    if not any(text.of(step) for step in STEPS if step is not Step.SURROUNDINGS):
        missing.append(NOTHING_SAID)
    if not text.of(Step.SURROUNDINGS):
        missing.append(NOT_SAFER)
    return missing


def heaviest_step(text: PlanText) -> Step:
    """The step with the most characters, where shortening helps most; the first of equal ones."""
    return max(STEPS, key=lambda step: sum(len(line.text) for line in text.of(step)))
