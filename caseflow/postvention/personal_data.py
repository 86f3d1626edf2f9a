from caseflow.postvention.rules import AROUND_A_LOSS, COUNSELLORS
from caseflow.records.register import PersonalData, declare, declare_impersonal

GROUND = "Proof of what a school did after a death, when and by whom"
AROUND = frozenset(role.value for role in AROUND_A_LOSS)
WORKERS = frozenset(role.value for role in COUNSELLORS)

declare(PersonalData("postvention.LossEvent", "pupil", "case", GROUND, AROUND, "keep"))
declare(PersonalData("postvention.LossStep", "event__pupil", "case", GROUND, AROUND, "keep"))
declare(PersonalData("postvention.Affected", "pupil", "case", GROUND, WORKERS, "delete"))
declare(PersonalData("postvention.DeathRecord", "pupil", "case", GROUND, WORKERS, "keep"))
declare(PersonalData("postvention.LossMessage", "event__pupil", "case", GROUND, AROUND, "delete"))
declare_impersonal("postvention.MessageTemplate", "texts about nobody, with who approved them")
