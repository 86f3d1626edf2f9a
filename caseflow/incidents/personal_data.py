from caseflow.records.register import PersonalData, declare, declare_impersonal

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
ANONYMOUS_GROUND = "A child reports without a name, and is answered (rule 19)"
ANSWERERS = frozenset({"psychologist", "lead_psychologist"})
for model, path in {
    "incidents.AnonymousChannel": "incident__parties__pupil",
    "incidents.ChannelMessage": "channel__incident__parties__pupil",
    "incidents.Picture": "channel__incident__parties__pupil",
}.items():
    declare(PersonalData(model, path, "anonymous_report", ANONYMOUS_GROUND, ANSWERERS, "delete"))
declare_impersonal("incidents.SchoolLink", "public addresses of report forms, and who renewed them at work")
declare_impersonal("incidents.Quota", "how many reports an address took in a quarter hour")
