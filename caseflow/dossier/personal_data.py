from caseflow.cases.rules import CASE_ROLES
from caseflow.records.register import PersonalData, declare

declare(
    PersonalData(
        "dossier.Making",
        "case__pupil",
        "case",
        "Proof of who took which parts of a case to which meeting, and when",
        frozenset(role.value for role in CASE_ROLES),
        "delete",
    )
)
