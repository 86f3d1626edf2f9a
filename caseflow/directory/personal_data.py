from caseflow.records.register import PersonalData, declare, declare_impersonal

STAFF = frozenset(
    {"psychologist", "lead_psychologist", "social_pedagogue", "principal", "school_admin", "class_teacher"}
)

declare(PersonalData("directory.Pupil", "", "pupil", "Keeping of the school roll", STAFF, "blank"))
declare(PersonalData("directory.NameKey", "pupil", "pupil", "Finding a pupil by name", STAFF, "delete"))
declare(PersonalData("directory.Guardianship", "pupil", "pupil", "Who may decide for the pupil", STAFF, "delete"))
declare(
    PersonalData(
        "directory.Guardian",
        "guardianships__pupil",
        "pupil",
        "Who may decide for the pupil",
        STAFF | {"parent"},
        "blank",
    )
)
declare(
    PersonalData(
        "directory.Membership", "pupil", "audit", "Proof of who had which right", frozenset({"system_admin"}), "keep"
    )
)
for model in ("Region", "District", "School", "Agency", "SchoolYear", "SchoolBreak", "SchoolClass", "Room", "Camera"):
    declare_impersonal(f"directory.{model}", "places, calendars and equipment")
declare_impersonal("directory.LessonSlot", "the weekly timetable; the teacher's name is service data")
declare(
    PersonalData(
        "directory.ImportDraft", "", "import", "A list on its way into the roll", frozenset({"school_admin"}), "delete"
    )
)
