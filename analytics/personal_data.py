from caseflow.records.register import PersonalData, declare, declare_impersonal

PSYCHOLOGISTS = frozenset({"psychologist", "lead_psychologist"})
CONSENT = "Consent to mood analysis (rule 1)"

declare(
    PersonalData(
        "analytics.Seat",
        "pupil",
        "school_year",
        "Who sits where, so that a refusal can be kept (rule 1)",
        PSYCHOLOGISTS | {"school_admin", "teacher", "class_teacher"},
        "blank",
    )
)
declare(
    PersonalData(
        "analytics.SeatState",
        "seat__pupil",
        "school_year",
        "Who was confirmed in a lesson (rule 1)",
        PSYCHOLOGISTS | {"teacher", "class_teacher"},
        "delete",
    )
)
declare(PersonalData("analytics.RunSeat", "pupil", "mood_window", CONSENT, PSYCHOLOGISTS, "delete"))
declare(
    PersonalData(
        "analytics.AiUse",
        "pupil",
        "audit",
        "That AI was used, when and with which model: explained to guardians (AI law 16, rule 5); holds no value",
        frozenset({"parent", "pupil"}),
        "keep",
    )
)
declare(PersonalData("analytics.Window", "pupil", "mood_window", CONSENT, PSYCHOLOGISTS, "delete"))
declare(PersonalData("analytics.Series", "pupil", "mood_day", CONSENT, PSYCHOLOGISTS, "delete"))
declare(PersonalData("analytics.DayValue", "pupil", "mood_day", CONSENT, PSYCHOLOGISTS, "delete"))
declare(PersonalData("analytics.Signal", "pupil", "mood_day", CONSENT, PSYCHOLOGISTS, "delete"))
for model, path in {
    "analytics.IncidentClip": "incident__parties__pupil",
    "analytics.ClipEvent": "clip__incident__parties__pupil",
}.items():
    ground = "A clip of an incident under review, at most 30 days (rule 12); the row proves who looked at it"
    declare(PersonalData(model, path, "incident_clip", ground, PSYCHOLOGISTS, "keep"))
for model, path in {
    "analytics.Disturbance": "incident__parties__pupil",
    "analytics.DisturbanceEvent": "clip__incident__parties__pupil",
}.items():
    ground = "A clip of unusual motion until a human has answered (rule 12); the row proves who looked"
    declare(PersonalData(model, path, "incident_clip", ground, PSYCHOLOGISTS | {"police_operator"}, "keep"))
declare_impersonal("analytics.CameraDay", "how many events of a camera were not shown on a day")
declare_impersonal("analytics.CameraMotion", "how fast and how much usually moves before a camera, by hour")
declare_impersonal("analytics.DisturbanceTerms", "how many clips of unusual motion are shown and how long they stay")
declare_impersonal("analytics.SeatPlan", "a drawing of seats on a still without recognisable persons")
declare_impersonal("analytics.WaitingStill", "a still without recognisable persons that waits to be drawn on")
declare_impersonal("analytics.SeatConfirmation", "that the teacher of a lesson confirmed its seats")
declare_impersonal("analytics.Upload", "a video on its way; the file is deleted after its run or its making")
declare_impersonal("analytics.AnalysisRun", "counts of frames and seats of one lesson")
declare_impersonal("analytics.CameraLink", "where the pictures of a camera come from, its address sealed")
declare_impersonal("analytics.CameraHealth", "how a camera is")
declare_impersonal("analytics.FeatureSwitch", "who switched a feature on or off, and on what ground")
declare_impersonal("analytics.ModelCard", "what a model is and may be used for")
declare_impersonal("analytics.ModelChoice", "which model pack analyses, and which gives a second opinion")
declare_impersonal("analytics.ModelEvaluation", "how well a model told labelled faces: counts, no file and no picture")
