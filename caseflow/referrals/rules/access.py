"""Who may open which page at all; what they see there is scoped."""

from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.enums import Role

SENDERS = CASE_ROLES
RECEIVERS = frozenset({Role.AGENCY_OFFICER, Role.PSYCHOLOGIST})
READERS = SENDERS | RECEIVERS
REVIEWERS = frozenset({Role.LEAD_PSYCHOLOGIST})
