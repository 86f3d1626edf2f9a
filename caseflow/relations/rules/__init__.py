from typing import Final

from caseflow.cases.rules import CASE_ROLES

WORKERS: Final = CASE_ROLES
LONGEST_NAME: Final = 160
LONGEST_SAID: Final = 1_000
