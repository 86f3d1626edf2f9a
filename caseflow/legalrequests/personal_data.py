from caseflow.records.register import PersonalData, declare

declare(
    PersonalData(
        "legalrequests.LegalRequest",
        "case__pupil",
        "audit",
        "Proof of what was given on a legal request, by whom and on which ground; the copy is destroyed (fact 4)",
        frozenset({"prosecutor", "lead_psychologist", "dpo"}),
        "keep",
    )
)
