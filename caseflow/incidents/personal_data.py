from caseflow.records.register import PersonalData, declare

READERS = frozenset({"psychologist", "lead_psychologist", "social_pedagogue", "principal", "school_admin"})
GROUND = "Every fact of violence and sign of distress gets a timely legal and psychological assessment"

declare(PersonalData("incidents.Incident", "parties__pupil", "case", GROUND, READERS, "blank"))
declare(PersonalData("incidents.Merge", "merged__parties__pupil", "case", GROUND, READERS, "keep"))
declare(PersonalData("incidents.Party", "pupil", "case", GROUND, READERS | {"agency_officer"}, "blank"))
declare(
    PersonalData(
        "incidents.LegalAssessment",
        "incident__parties__pupil",
        "case",
        GROUND,
        frozenset({"psychologist", "lead_psychologist", "agency_officer"}),
        "keep",
    )
)
