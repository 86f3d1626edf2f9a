"""When a version of a protocol may come into force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from caseflow.clocks.enums import Basis, Unit
from caseflow.protocols.enums import DOERS_OF_CASE, Doer, Evidence, Part

LANGUAGES = ("kk", "ru", "en")
LONGEST_NAME = 200
LONGEST_SOURCE = 200
LONGEST_TERM = 366
MOST_STEPS = 30
Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class StepText:
    """A step as it is written: names and hints in each language, the term in `unit` of wall, working or school time."""

    code: str
    title: Names
    hint: Names
    doer: str
    amount: int
    unit: str
    basis: str
    evidence: str
    part: str
    missed: str


@dataclass(frozen=True, slots=True)
class VersionText:
    """All that a version says."""

    title: Names
    source: str
    steps: tuple[StepText, ...]


def problems(text: VersionText, *, of_high_risk: bool, after_loss: bool = False) -> list[str]:
    """What keeps a version from coming into force, as sentences; the flow of high risk keeps rule 16 and fact 4.

    A protocol works in a case, or `after_loss` in a school: its steps are done by people who are there.
    """
    found = [*_unfinished(text), *_misplaced(text.steps, after_loss=after_loss)]
    if of_high_risk:
        found += _missing_of_high_risk(text.steps)
    return found


def parts_left_out(steps: Iterable[StepText]) -> list[Part]:
    """The parts of rule 16 that no step stands for."""
    there = {step.part for step in steps}
    return [part for part in Part if part.value not in there]


def _unfinished(text: VersionText) -> Iterator[str]:
    if not text.steps:
        yield gettext("A protocol needs at least one step.")
    if not text.source.strip():
        yield gettext("Say where the protocol comes from.")
    names = [text.title, *(step.title for step in text.steps)]
    hints = [step.hint for step in text.steps if any(step.hint.values())]
    if any(not named.get(language, "").strip() for named in (*names, *hints) for language in LANGUAGES):
        yield gettext("Give every name and hint in Kazakh, Russian and English.")
    if any(not _has_term(step) for step in text.steps):
        yield gettext("Give every step a term.")


def _misplaced(steps: tuple[StepText, ...], *, after_loss: bool) -> Iterator[str]:
    if any((step.doer in DOERS_OF_CASE) == after_loss for step in steps):
        yield (
            gettext("After a loss there is no case: a step is done by the psychologist, the head or the lead.")
            if after_loss
            else gettext("In a case a step is done by who leads it or by the second person.")
        )
    if after_loss and any(step.evidence != Evidence.WORDS or step.part for step in steps):
        yield gettext("After a loss every step is proved by words.")


def _has_term(step: StepText) -> bool:
    """Zero days of wall time are a term: by the end of the day."""
    return step.amount > 0 or (step.unit == Unit.DAYS and step.basis == Basis.WALL)


def _missing_of_high_risk(steps: tuple[StepText, ...]) -> Iterator[str]:
    left_out = parts_left_out(steps)
    if left_out:
        parts = ", ".join(str(part.label) for part in left_out)
        yield gettext("High risk requires a step for each of these: %(parts)s.") % {"parts": parts}
    if not any(step.doer == Doer.SECOND and step.evidence == Evidence.SECOND for step in steps):
        yield gettext("High risk requires a step in which the second person says that they know.")
    if not any(step.evidence == Evidence.ASSESSMENT for step in steps):
        yield gettext("High risk requires an assessment by a person.")
    proved = {(Part.SAFETY_PLAN.value, Evidence.PLAN.value), (Part.FOLLOW_UP.value, Evidence.DATES.value)}
    if not proved <= {(step.part, step.evidence) for step in steps}:
        yield gettext("The safety plan is proved by a signed plan, the dates to look again by dates.")
