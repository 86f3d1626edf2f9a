from caseflow.records.register import PersonalData, declare

declare(
    PersonalData(
        model="triage.TriageItem",
        pupil_path="pupil",
        retention="case",
        ground="Every sign of distress gets an assessment, and proof of who decided what (rule 4)",
        viewers=frozenset({"psychologist", "lead_psychologist"}),
        on_erasure="blank",
    )
)
