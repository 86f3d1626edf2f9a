from caseflow.records.register import PersonalData, declare
from caseflow.relations.rules import WORKERS

GROUND = "Psychological help to a pupil: who can help, and who is to be asked"

# The person around, too, is told of by it: somebody of the school by their number, whoever is from outside under seal.
declare(
    PersonalData(
        "relations.PersonAround",
        "case__pupil",
        "case",
        GROUND,
        frozenset(role.value for role in WORKERS),
        "delete",
    )
)
