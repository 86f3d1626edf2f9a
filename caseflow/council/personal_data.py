from caseflow.records.register import PersonalData, declare, declare_impersonal

PROOF = "Proof of what a council decided, who carries it out and what became of it (rule 21)"
READERS = frozenset({"council_chair", "council_member", "prosecutor"})
CARRIERS = READERS | {"agency_officer", "agency_head"}

declare_impersonal("council.Council", "the names of councils")
declare_impersonal("council.AgendaItem", "what is spoken of, and who reports, by office")
declare(PersonalData("council.Member", "", "permanent", "Who sits in a council, by office", READERS, "keep"))
declare(PersonalData("council.Session", "", "permanent", PROOF, READERS, "keep"))
declare(PersonalData("council.Attendance", "", "permanent", PROOF, READERS, "keep"))
declare(PersonalData("council.Decision", "", "permanent", PROOF, CARRIERS, "keep"))
declare(PersonalData("council.DecisionStep", "", "permanent", PROOF, CARRIERS, "keep"))
declare(PersonalData("council.Evidence", "", "permanent", PROOF, CARRIERS, "keep"))
