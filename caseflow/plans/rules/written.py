"""The fields in which a safety plan is written, name by name, and how two texts become one that says both."""

from django.utils.translation import gettext

from caseflow.drafts.rules import Fields, joined_lines
from caseflow.plans.enums import Step
from caseflow.plans.rules.texts import MOST_LINES, STEPS, Line, PlanText

NAME, SEEN, ON = "name", "seen", "on"
MOST_ROWS = 4 * MOST_LINES  # what several versions together may fill before somebody shortens it


def line_field(step: Step, number: int) -> str:
    return f"line_{step.value}_{number}"


def share_field(step: Step, number: int) -> str:
    return f"share_{step.value}_{number}"


def fields_of(text: PlanText) -> dict[str, str]:
    """The text as the fields of its form."""
    found = {NAME: text.name}
    for step in STEPS:
        for number, line in enumerate(text.of(step)):
            found[line_field(step, number)] = line.text
            found[share_field(step, number)] = ON if line.shared else ""
    return found


def text_in(fields: Fields) -> PlanText:
    """What is written in the fields of the form, without empty lines."""
    return PlanText(fields.get(NAME, "").strip(), tuple(tuple(_lines(fields, step)) for step in STEPS))


def read_out(text: PlanText) -> str:
    """The text as people read it beside another one."""
    steps = [[f"{step.value}. {step.label}", *map(_said, text.of(step))] for step in STEPS if text.of(step)]
    return "\n".join([*filter(None, [text.name]), *(line for step in steps for line in step)])


def both(mine: PlanText, theirs: PlanText) -> PlanText:
    """Every line of each, in its order. Parents may read a line only where each version that has it marks it."""
    names = dict.fromkeys(name for name in (mine.name, theirs.name) if name)
    return PlanText(" / ".join(names), tuple(_of_both(mine.of(step), theirs.of(step)) for step in STEPS))


def both_fields(mine: Fields, theirs: Fields) -> Fields:
    """As `both`, for what two devices sent; it goes on from what the first of them has seen."""
    return {**fields_of(both(text_in(mine), text_in(theirs))), SEEN: mine.get(SEEN, "")}


def _lines(fields: Fields, step: Step) -> list[Line]:
    rows = [(fields.get(line_field(step, row), "").strip(), share_field(step, row)) for row in range(MOST_ROWS)]
    return [Line(text, fields.get(share) == ON) for text, share in rows if text]


def _said(line: Line) -> str:
    return f"– {line.text} ({gettext('Parents may read it')})" if line.shared else f"– {line.text}"


def _of_both(mine: tuple[Line, ...], theirs: tuple[Line, ...]) -> tuple[Line, ...]:
    marks: dict[str, bool] = {}
    for line in (*mine, *theirs):
        marks[line.text] = marks.get(line.text, True) and line.shared
    texts = joined_lines([line.text for line in mine], [line.text for line in theirs])
    return tuple(Line(text, marks[text]) for text in dict.fromkeys(texts))
