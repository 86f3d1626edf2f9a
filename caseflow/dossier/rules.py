"""Which parts a paper has, which of them are confidential, and for whom it may be made with which."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from caseflow.cases.rules import CASE_ROLES
from caseflow.documents.enums import Tongue
from caseflow.dossier.enums import Form, Kind, Meeting, Part

MAKERS = CASE_ROLES
LONGEST_PURPOSE = 120
MOST_LINES = 5_000
MOST_PAGES = 2

PARTS: dict[Kind, tuple[Part, ...]] = {
    Kind.PROFILE: (
        Part.REASON,
        Part.STAGE,
        Part.AGREED,
        Part.PLAN,
        Part.NEXT,
        Part.PEOPLE,
        Part.RISK,
        Part.PRIVATE_NOTES,
        Part.RESULTS,
        Part.SAFETY,
        Part.SIGNALS,
    ),
    Kind.CHRONOLOGY: (
        Part.CASE,
        Part.NOTES,
        Part.TASKS,
        Part.APPOINTMENTS,
        Part.CONSENTS,
        Part.FILES,
        Part.RISK,
        Part.PRIVATE_NOTES,
        Part.RESULTS,
        Part.SAFETY,
        Part.REFERRALS,
        Part.INCIDENTS,
        Part.SIGNALS,
    ),
}
# Never ticked beforehand: whoever takes these to a meeting has chosen to.
CONFIDENTIAL = frozenset(
    {
        Part.RISK,
        Part.PRIVATE_NOTES,
        Part.RESULTS,
        Part.SAFETY,
        Part.REFERRALS,
        Part.INCIDENTS,
        Part.SIGNALS,
    }
)
# What a model found never reaches the police or a prosecutor, and no other agency either (rules 2 and 17).
# Nor do results of questionnaires; and a family reads no raw note: what is meant for it was shared (matrix).
KEPT_FROM: dict[Meeting, frozenset[Part]] = {
    Meeting.AGENCY: frozenset({Part.SIGNALS, Part.RESULTS}),
    Meeting.COUNCIL: frozenset({Part.SIGNALS, Part.RESULTS}),
    Meeting.FAMILY: frozenset({Part.PRIVATE_NOTES}),
}


class DossierRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """The paper cannot be made as asked; `str` says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `since` and `until` are local days, both included; the profile knows none."""

    kind: Kind
    form: Form
    meeting: Meeting
    purpose: str
    tongue: Tongue
    parts: frozenset[str]
    since: date | None = field(default=None)
    until: date | None = field(default=None)


def ticked_beforehand(kind: Kind) -> list[str]:
    """The parts with which the form begins."""
    return [part.value for part in PARTS[kind] if part not in CONFIDENTIAL]


def kept_from(meeting: Meeting, parts: Collection[str]) -> list[str]:
    """Those of the parts that must not go to that meeting. What other rooms add, as notes of supervision, goes to
    colleagues alone."""
    closed = KEPT_FROM.get(meeting)
    if closed is None:
        return []
    added = set(parts) - {part.value for part in Part}
    return [part.value for part in Part if part in closed and part.value in parts] + sorted(added)


def reads_shared_notes_alone(meeting: Meeting) -> bool:
    """Whether of the notes only those stand on the paper that were shared with the family."""
    return meeting == Meeting.FAMILY


def part_of_line(kind: str, code: str, about: str, *, is_private: bool) -> Part:
    """The part to which a line about such a thing ("task", "flow") belongs, the confidential ones before the others.

    Whether a case needed the steps of high risk, or a lead's consent to be closed, tells its risk.
    """
    if is_private:
        return Part.PRIVATE_NOTES
    if about in ABOUT:
        return ABOUT[about]
    if code.startswith("closing_"):
        return Part.RISK
    return OF_KIND[kind]


ABOUT = {"assessment": Part.RISK, "flow": Part.RISK, "instrument": Part.RESULTS, "safety": Part.SAFETY}
OF_KIND = {
    "case": Part.CASE,
    "note": Part.NOTES,
    "signal": Part.SIGNALS,
    "incident": Part.INCIDENTS,
    "assessment": Part.RISK,
    "task": Part.TASKS,
    "appointment": Part.APPOINTMENTS,
    "consent": Part.CONSENTS,
    "attachment": Part.FILES,
    "referral": Part.REFERRALS,
}
