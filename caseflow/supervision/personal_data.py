from caseflow.records.register import PersonalData, declare
from caseflow.supervision.rules import READERS

WORK = "Help to psychologists in their work, and proof of what was agreed when"
VIEWERS = frozenset(role.value for role in READERS)

declare(PersonalData("supervision.Supervision", "", "case", WORK, VIEWERS, "keep"))
declare(PersonalData("supervision.SupervisionNote", "case__pupil", "case", WORK, VIEWERS, "delete"))
declare(PersonalData("supervision.NoteSharing", "note__case__pupil", "case", WORK, VIEWERS, "delete"))
declare(PersonalData("supervision.Agreement", "note__case__pupil", "case", WORK, VIEWERS, "delete"))
