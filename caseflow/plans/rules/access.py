"""Who may open which plan at all; what they see there is scoped."""

from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.enums import Role

CASE_WORKERS = CASE_ROLES  # the safety plan, and all that is written
SUPPORTERS = CASE_ROLES | {Role.SOCIAL_PEDAGOGUE}  # reads goals and measures, and nothing else of a case
