from caseflow.cases.rules import CASE_ROLES
from caseflow.records.register import PersonalData, declare, declare_impersonal

GROUND = "Psychological help to a pupil within a case; kept as long as the case"
WORKERS = frozenset(role.value for role in CASE_ROLES)

declare_impersonal("instruments.InstrumentVersion", "the words of questionnaires and where they come from")
declare_impersonal("instruments.InUse", "which version of a questionnaire is given")
declare(PersonalData("instruments.Administration", "case__pupil", "case", GROUND, WORKERS, "delete"))
declare(PersonalData("instruments.Answer", "administration__case__pupil", "case", GROUND, WORKERS, "delete"))
