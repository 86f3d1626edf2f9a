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
        Part.FORMULATION,
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
        Part.FORMULATION,
        Part.PRIVATE_NOTES,
        Part.RESULTS,
        Part.SAFETY,
        Part.REFERRALS,
        Part.INCIDENTS,
        Part.SIGNALS,
    }
)
# At each table sits somebody who may see less than the maker: a paper holds what the matrix gives the least of them.
# Who is said to be "somebody else" may be anybody. What is not named here does not go there.
_TO_EVERYBODY = frozenset({Part.STAGE, Part.AGREED, Part.PLAN, Part.NEXT, Part.PEOPLE, Part.CASE, Part.APPOINTMENTS})
_AT_SCHOOL = _TO_EVERYBODY | {Part.REASON, Part.TASKS}
_PSYCHOLOGISTS = frozenset(Part) - {Part.PRIVATE_NOTES}
GOES_TO: dict[Meeting, frozenset[Part]] = {
    Meeting.FAMILY: _TO_EVERYBODY | {Part.NOTES, Part.CONSENTS, Part.SIGNALS},
    Meeting.TEAM: _AT_SCHOOL,
    Meeting.COLLEAGUES: _PSYCHOLOGISTS,
    Meeting.COUNCIL: _AT_SCHOOL,
    Meeting.SUPPORT: _AT_SCHOOL | {Part.CONSENTS, Part.RISK, Part.RESULTS, Part.SAFETY},
    Meeting.LEAD: frozenset(Part),
    Meeting.AGENCY: _TO_EVERYBODY,
    Meeting.OTHER: _TO_EVERYBODY,
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
    """Those of the parts that must not go to that meeting. What other rooms add, notes of supervision, goes to the lead
    alone."""
    added = set(parts) - {part.value for part in Part}
    closed = [part.value for part in Part if part not in GOES_TO[meeting] and part.value in parts]
    return closed if meeting == Meeting.LEAD else closed + sorted(added)


def closed_to(part: str) -> list[Meeting]:
    """The meetings to which a part must not go."""
    return [meeting for meeting in Meeting if kept_from(meeting, [part])]


def reads_shared_notes_alone(meeting: Meeting) -> bool:
    """Whether of the notes only those stand on the paper that were shared with the family."""
    return meeting == Meeting.FAMILY


def reads_what_was_agreed(meeting: Meeting) -> bool:
    """Whether the notes that were shared with the family stand among what was agreed: only where a note may be read."""
    return Part.NOTES in GOES_TO[meeting]


def reads_words(meeting: Meeting) -> bool:
    """Whether the words with which a case was opened, moved or closed stand there: they can name who reported."""
    return Part.REASON in GOES_TO[meeting]


def reads_every_task(meeting: Meeting) -> bool:
    """Whether all tasks that wait are next steps there; elsewhere the measures of the plan alone are."""
    return Part.TASKS in GOES_TO[meeting]


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
