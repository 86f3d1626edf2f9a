from caseflow.records.register import PersonalData, declare

LEAD = frozenset({"lead_psychologist", "dpo"})

declare(
    PersonalData(
        "portal.PortalRequest",
        "pupil",
        "audit",
        "Proof that a request was answered in time (rule 5)",
        LEAD | {"parent", "pupil"},
        "keep",
    )
)
declare(
    PersonalData(
        "portal.LogRelease", "pupil", "audit", "Who let guardians learn of which reading (rule 10a)", LEAD, "keep"
    )
)
