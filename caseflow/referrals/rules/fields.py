"""Which fields a referral can hold, and to whom each may be offered at all.

Nothing a model found is among them: signals, series, questionnaire answers and notes are never offered (fact 2, role
matrix). What is ticked before anybody chooses is the least by which a pupil is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from caseflow.cases.enums import GRAVE
from caseflow.directory.enums import AgencyKind
from caseflow.referrals.enums import SCHOOL, Told

HEALTH, GUARDIANSHIP, POLICE, EDUCATION = (
    AgencyKind.HEALTH.value,
    AgencyKind.GUARDIANSHIP.value,
    AgencyKind.POLICE.value,
    AgencyKind.EDUCATION.value,
)
RECEIVERS: Final = (HEALTH, GUARDIANSHIP, POLICE, EDUCATION)  # a prosecutor gets a signed snapshot, never this
EVERYBODY: Final = frozenset({*RECEIVERS, SCHOOL})
LONGEST_TEXT: Final = 4_000
MOST_TAKEN: Final = 100  # facts that are taken over
MINIMUM: Final = (Told.NAME, Told.BIRTH_DATE)
WRITTEN: Final = (Told.REASON, Told.DONE_SO_FAR, Told.FACTS)  # a person writes them for this receiver

# To whom a field is offered. The police learn facts, no assessment; a risk level is for those who treat or protect.
OFFERED: Final[dict[Told, frozenset[str]]] = {
    Told.NAME: EVERYBODY,
    Told.BIRTH_DATE: EVERYBODY,
    Told.SCHOOL_CLASS: EVERYBODY,
    Told.GUARDIANS: EVERYBODY,
    Told.REASON: EVERYBODY - {POLICE},
    Told.DONE_SO_FAR: EVERYBODY - {POLICE},
    Told.FACTS: frozenset({POLICE, GUARDIANSHIP, HEALTH}),
    Told.RISK: frozenset({HEALTH, GUARDIANSHIP}),
    Told.SAFETY_PLAN: frozenset({HEALTH, GUARDIANSHIP, EDUCATION, SCHOOL}),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What of the case decides on fields: the risk a person assessed, and whether lines of a plan are shared."""

    risk: str | None
    shares_plan: bool


def offered(receiver: str, standing: Standing) -> tuple[Told, ...]:
    """The fields that may be chosen for a receiver of this kind, in the order in which they are read.

    A risk level only while it is high or acute: a low one helps nobody and stays behind.
    """
    return tuple(told for told, kinds in OFFERED.items() if receiver in kinds and _is_there(told, standing))


def kept(chosen: Iterable[str], receiver: str, standing: Standing) -> tuple[Told, ...]:
    """Of what was chosen what may be told, with the least that is always told; in the order of reading."""
    wanted = {*chosen, *MINIMUM}
    return tuple(told for told in offered(receiver, standing) if told.value in wanted)


def _is_there(told: Told, standing: Standing) -> bool:
    if told is Told.RISK:
        return standing.risk in GRAVE
    return told is not Told.SAFETY_PLAN or standing.shares_plan
