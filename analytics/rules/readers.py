"""Which roles read the card of a model, and which draw seats."""

from typing import Final

from caseflow.directory.enums import Role

STAFF: Final = (
    Role.PSYCHOLOGIST,
    Role.LEAD_PSYCHOLOGIST,
    Role.SOCIAL_PEDAGOGUE,
    Role.PRINCIPAL,
    Role.SCHOOL_ADMIN,
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.SYSTEM_ADMIN,
    Role.DPO,
)
PUBLIC: Final = (Role.PARENT, Role.PUPIL)  # rule 5: which model was used on the own child
# What came of the clips of each camera (docs/decisions/unusual-motion.md).
PUBLISHED_TO: Final = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.SCHOOL_ADMIN)
CARD_READERS: Final = (*STAFF, *PUBLIC)

DRAWS: Final = (Role.SCHOOL_ADMIN, Role.PSYCHOLOGIST)  # docs/decisions/who-draws-seats.md
