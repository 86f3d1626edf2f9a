from caseflow.directory.enums import Role
from caseflow.plans.rules import CASE_WORKERS, SUPPORTERS
from caseflow.records.register import PersonalData, declare

HELP = "Psychological help to a pupil and proof of what was agreed when"
PROOF = "Proof of who learned what of a pupil, and when"
WORKERS = frozenset(role.value for role in CASE_WORKERS)
READERS = frozenset(role.value for role in SUPPORTERS)
PARENT = frozenset({Role.PARENT.value})

declare(PersonalData("plans.SafetyPlan", "case__pupil", "case", HELP, WORKERS, "delete"))
declare(PersonalData("plans.SafetyPlanVersion", "plan__case__pupil", "case", HELP, WORKERS | PARENT, "delete"))
declare(PersonalData("plans.Signature", "version__plan__case__pupil", "case", HELP, WORKERS, "delete"))
declare(PersonalData("plans.Sharing", "plan__case__pupil", "case", PROOF, WORKERS, "delete"))
declare(PersonalData("plans.SharedReading", "sharing__plan__case__pupil", "case", PROOF, WORKERS, "delete"))
declare(PersonalData("plans.Goal", "case__pupil", "case", HELP, READERS, "delete"))
declare(PersonalData("plans.Measure", "goal__case__pupil", "case", HELP, READERS, "delete"))
