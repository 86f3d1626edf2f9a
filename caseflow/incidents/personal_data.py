from caseflow.records.register import PersonalData, declare, declare_impersonal

READERS = frozenset({"psychologist", "lead_psychologist", "social_pedagogue", "principal", "school_admin"})
DECIDERS = frozenset({"psychologist", "lead_psychologist"})
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
        DECIDERS | {"agency_officer"},
        "keep",
    )
)
for model, path in {
    "incidents.Bullying": "incident__parties__pupil",
    "incidents.BullyingAct": "finding__incident__parties__pupil",
    "incidents.PartyAnswer": "pupil",
    "incidents.ParentTold": "pupil",
    "incidents.CouncilHeld": "incident__parties__pupil",
}.items():
    declare(
        PersonalData(
            model, path, "case", "Bullying is two acts, and whoever is concerned answers (rule 13)", READERS, "keep"
        )
    )
declare(
    PersonalData("incidents.Photo", "incident__parties__pupil", "case", GROUND, READERS - {"school_admin"}, "delete")
)
for model in ("incidents.SafeContact", "incidents.ProtectiveOrder"):
    ground = "A child who is hurt at home is kept safe; guardians learn nothing of it (rule 10)"
    declare(PersonalData(model, "incident__parties__pupil", "case", ground, DECIDERS, "keep"))
ANONYMOUS_GROUND = "A child reports without a name, and is answered (rule 19)"
for model, path in {
    "incidents.AnonymousChannel": "incident__parties__pupil",
    "incidents.ChannelMessage": "channel__incident__parties__pupil",
    "incidents.Picture": "channel__incident__parties__pupil",
}.items():
    declare(PersonalData(model, path, "anonymous_report", ANONYMOUS_GROUND, DECIDERS, "delete"))
declare_impersonal("incidents.SchoolLink", "public addresses of report forms, and who renewed them at work")
declare_impersonal("incidents.Quota", "how many reports an address took in a quarter hour")
