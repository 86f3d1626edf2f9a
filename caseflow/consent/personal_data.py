from caseflow.records.register import PersonalData, declare, declare_impersonal

# Parents are no viewers of the whole ledger: it holds the decisions of others. The portal shows each their own.
OFFICE = frozenset({"school_admin", "principal", "psychologist", "lead_psychologist", "dpo"})
PROOF = "Proof of consent and of its withdrawal (rule 8)"

declare_impersonal("consent.ConsentText", "texts that guardians read")
declare(PersonalData("consent.ConsentEvent", "pupil", "audit", PROOF, OFFICE, "keep"))
declare(PersonalData("consent.PaperScan", "pupil", "audit", PROOF, OFFICE, "keep"))
declare(
    PersonalData(
        "consent.Invitation",
        "guardian__guardianships__pupil",
        "audit",
        "Proof of who handed an account to whom (rule 8)",
        frozenset({"school_admin"}),
        "delete",
    )
)
