"""What follows from a category, and who may do what with a report. Pure."""

from dataclasses import dataclass, replace

from caseflow.directory.enums import Role
from caseflow.incidents.enums import Category, ReportState
from caseflow.triage.enums import OPEN_STATES, ItemState

REPORTERS = (
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.PSYCHOLOGIST,
    Role.SOCIAL_PEDAGOGUE,
    Role.PRINCIPAL,
    Role.SCHOOL_ADMIN,
)
READERS = (
    Role.PSYCHOLOGIST,
    Role.LEAD_PSYCHOLOGIST,
    Role.SOCIAL_PEDAGOGUE,
    Role.PRINCIPAL,
    Role.SCHOOL_ADMIN,
)
DECIDERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)
# The administrator keeps the deadlines of the school; what a child said is not needed for that.
WORDS_READERS = frozenset(READERS) - {Role.SCHOOL_ADMIN}
POLICE_INFORMERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a category starts beside the legal clock, which every report has (fact 3 of the rules): the code of the
    psychological clock, the duty to inform the police within the hour, and whether a second person is told by name and
    has to agree to a dismissal (fact 4)."""

    psych_code: str = "psych_assessment_high"
    violence: bool = False
    police: bool = False
    second_person: bool = False


_ACUTE = "psych_assessment_acute"
_BY_CATEGORY: dict[str, Consequences] = {
    Category.VIOLENCE: Consequences(violence=True, police=True),
    Category.BULLYING: Consequences(violence=True),
    Category.CYBERBULLYING: Consequences(violence=True),
    Category.DOMESTIC_VIOLENCE: Consequences(_ACUTE, violence=True, police=True),
    Category.EXTORTION: Consequences(violence=True, police=True),
    Category.SELF_HARM: Consequences(_ACUTE, second_person=True),
    Category.SEXUAL_VIOLENCE: Consequences(_ACUTE, violence=True, police=True),
}
# Acts between the same pupils that, repeated, may be bullying (rule 13).
ACTS = (Category.VIOLENCE, Category.BULLYING, Category.CYBERBULLYING, Category.EXTORTION, Category.CONFLICT)


def consequences_of(category: str) -> Consequences:
    """What a report of this category starts ([P], rules: deadlines and facts 3 and 4)."""
    return _BY_CATEGORY.get(category, Consequences())


def in_danger(follows: Consequences) -> Consequences:
    """What a category starts when the reporter is in danger now: it is acute, and a second person is told (fact 4)."""
    return replace(follows, psych_code=_ACUTE, second_person=True)


def report_state(item_state: str, *, case_open: bool | None) -> ReportState:
    """What a reporter is told; nothing of a case shows in it but that the work has ended."""
    if item_state == ItemState.NEW:
        return ReportState.RECEIVED
    if item_state in OPEN_STATES or case_open:
        return ReportState.HANDLED
    return ReportState.CLOSED
