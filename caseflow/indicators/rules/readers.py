"""Who reads the figures of the council, and who decides what is counted and released."""

from typing import Final

from caseflow.directory.enums import Role

DECIDERS: Final = (Role.PROSECUTOR, Role.COUNCIL_CHAIR)
READERS: Final = (*DECIDERS, Role.COUNCIL_MEMBER, Role.ANALYST)
