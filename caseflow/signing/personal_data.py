from caseflow.records.register import PersonalData, declare, declare_impersonal

PROOF = "Proof of who signed a report of the council, by office"
READERS = frozenset({"council_chair", "council_member", "prosecutor", "analyst"})

declare_impersonal("signing.Round", "which document is signed, by its digest")
declare(PersonalData("signing.Signer", "", "permanent", PROOF, READERS, "keep"))
declare(PersonalData("signing.Signature", "", "permanent", PROOF, READERS, "keep"))
