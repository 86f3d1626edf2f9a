from caseflow.cases.rules import CASE_ROLES
from caseflow.records.register import PersonalData, declare, declare_impersonal

GROUND = "Proof of what was done for a pupil at high risk, when and by whom"
WORKERS = frozenset(role.value for role in CASE_ROLES)

declare(PersonalData("protocols.Flow", "case__pupil", "case", GROUND, WORKERS, "delete"))
declare(PersonalData("protocols.FlowStep", "flow__case__pupil", "case", GROUND, WORKERS, "delete"))
declare_impersonal("protocols.Protocol", "what is done in a kind of situation, about nobody")
declare_impersonal("protocols.ProtocolVersion", "a protocol's text, about nobody; who wrote it is in the log")
declare_impersonal("protocols.ProtocolStep", "a protocol's text, about nobody")
