from caseflow.cases.rules import CASE_ROLES, OWNER_ROLES
from caseflow.records.register import PersonalData, declare, declare_impersonal

GROUND = "Psychological help to a pupil and proof of what was done when"
WORKERS = frozenset(role.value for role in CASE_ROLES)
OWNERS = frozenset(role.value for role in OWNER_ROLES)

declare(PersonalData("cases.Case", "pupil", "case", GROUND, WORKERS, "delete"))
declare(PersonalData("cases.ChronologyEntry", "case__pupil", "case", GROUND, WORKERS, "delete"))
declare(PersonalData("cases.RiskAssessment", "case__pupil", "case", GROUND, WORKERS, "delete"))
declare(PersonalData("cases.ClosingRequest", "case__pupil", "case", GROUND, WORKERS, "delete"))
declare(PersonalData("cases.Task", "case__pupil", "case", GROUND, OWNERS, "delete"))
declare(
    PersonalData(
        "cases.BreakGlass",
        "case__pupil",
        "audit",
        "Proof of who took access without an assignment, and why",
        WORKERS | {"dpo"},
        "keep",
    )
)
declare_impersonal("cases.CaseUserObjectPermission", "which lead psychologist works on which case, by row numbers")
declare_impersonal("cases.Caseload", "how many cases are open at a school")
