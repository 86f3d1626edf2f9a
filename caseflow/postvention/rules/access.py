"""Who may enter this room at all; what they see there is scoped."""

from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.enums import Role

COUNSELLORS = CASE_ROLES  # see whom a loss touches, and why somebody thinks so
HEADS = frozenset({Role.PRINCIPAL})
AROUND_A_LOSS = COUNSELLORS | HEADS  # steps and messages


class LossRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """What was asked is not possible now; `str` says why in the reader's language."""
