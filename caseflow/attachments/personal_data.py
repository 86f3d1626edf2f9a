from caseflow.attachments.rules import WORKERS
from caseflow.records.register import PersonalData, declare

GROUND = "Psychological help to a pupil: what it rests on, and proof of what was given when"

# An erasure, and the end of the case's term, remove the files of the row as well: they are named in it.
declare(
    PersonalData(
        "attachments.Attachment",
        "case__pupil",
        "case",
        GROUND,
        frozenset(role.value for role in WORKERS),
        "delete",
    )
)
