"""Who does what with a legal request, and what can be given at all. Pure."""

from collections.abc import Iterable
from typing import Final

from caseflow.cases.rules import CaseRefused
from caseflow.directory.enums import Role
from caseflow.legalrequests.enums import Given

ASKERS: Final = (Role.PROSECUTOR,)
PREPARERS: Final = (Role.LEAD_PSYCHOLOGIST,)
APPROVERS: Final = (Role.DPO,)
READERS: Final = (*ASKERS, *PREPARERS, *APPROVERS)
MINIMUM: Final = (Given.NAME, Given.BIRTH_DATE)  # by which it is known whom the rest is about


class RequestRefused(CaseRefused):
    """What a legal request does not allow; the message says so to a person."""


def kept(chosen: Iterable[str]) -> tuple[Given, ...]:
    """What was chosen with the least that is always given, in the order of reading."""
    wanted = {*chosen, *MINIMUM}
    return tuple(given for given in Given if given in wanted)
