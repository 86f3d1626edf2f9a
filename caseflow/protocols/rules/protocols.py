"""When a version of a protocol may come into force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from caseflow.clocks.enums import Basis, Unit
from caseflow.protocols.enums import IN_A_ROLE, Doer, Evidence, Part, Setting

LANGUAGES = ("kk", "ru", "en")
LONGEST_NAME = 200
LONGEST_SOURCE = 200
LONGEST_REASON = 1_000
LONGEST_TERM = 366
MOST_STEPS = 30
Names = dict[str, str]

# Who may do a step where; in the flow of high risk only those who may open the case.
WITH_ALL_PROOFS: Final = (Doer.LEADER, Doer.SECOND)
DOERS: Final[dict[Setting, tuple[Doer, ...]]] = {
    Setting.CASE: tuple(Doer),
    Setting.HIGH_RISK: WITH_ALL_PROOFS,
    Setting.AFTER_LOSS: (Doer.PSYCHOLOGIST, Doer.PRINCIPAL, Doer.LEAD),
}
PROOFS: Final = {
    Doer.LEADER: frozenset(Evidence) - {Evidence.SECOND},
    Doer.SECOND: frozenset(Evidence),
    Doer.CENTRE: frozenset({Evidence.REFERRAL}),
}


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


def problems(text: VersionText, setting: Setting) -> list[str]:
    """What keeps a version from coming into force, as sentences; the flow of high risk keeps rule 16 and fact 4.

    A step is done by somebody who is there where the protocol works, and proved by what they can show.
    """
    found = [*_unfinished(text), *_misplaced(text.steps, setting)]
    if setting == Setting.HIGH_RISK:
        found += _missing_of_high_risk(text.steps)
    return found


def offered_parts(setting: Setting) -> tuple[Part, ...]:
    """The parts of rule 16 that a step may stand for there: after a loss none."""
    return () if setting == Setting.AFTER_LOSS else tuple(Part)


def offered_proofs(setting: Setting) -> tuple[Evidence, ...]:
    """What may prove a step there, for one doer or another."""
    found = {proof for doer in DOERS[setting] for proof in _proofs(doer, setting)}
    return tuple(proof for proof in Evidence if proof in found)


def unprovable(doer: str, evidence: str, part: str, setting: Setting) -> str:
    """Why a step of this doer cannot be proved so, or stand for this part; "" where it can."""
    if evidence in _proofs(doer, setting) and (not part or _may_stand_for_a_part(doer, setting)):
        return ""
    if setting == Setting.AFTER_LOSS:
        return gettext("After a loss every step is proved by words.")
    if doer == Doer.CENTRE:
        return gettext("A step of the support centre is proved by a referral, and stands for no part of high risk.")
    if doer in IN_A_ROLE:
        return gettext("A step that somebody has as a task is proved by words, and stands for no part of high risk.")
    return gettext("Only the second person can say that they know.")


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


def _misplaced(steps: tuple[StepText, ...], setting: Setting) -> Iterator[str]:
    if any(step.doer not in DOERS[setting] for step in steps):
        yield _done_by(setting)
    said = (unprovable(step.doer, step.evidence, step.part, setting) for step in steps)
    yield from dict.fromkeys(sentence for sentence in said if sentence)


def _done_by(setting: Setting) -> str:
    if setting == Setting.AFTER_LOSS:
        return gettext("After a loss there is no case: a step is done by the psychologist, the head or the lead.")
    return gettext("At high risk a step is done by who leads the case or by the second person: others learn nothing.")


def _proofs(doer: str, setting: Setting) -> frozenset[Evidence]:
    if setting == Setting.AFTER_LOSS or doer in IN_A_ROLE:
        return frozenset({Evidence.WORDS})
    return PROOFS[Doer(doer)]


def _may_stand_for_a_part(doer: str, setting: Setting) -> bool:
    return setting != Setting.AFTER_LOSS and doer in WITH_ALL_PROOFS


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
