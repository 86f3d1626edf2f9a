from caseflow.records.register import PersonalData, declare, declare_impersonal

GROUND = "A press of the panic button and the answer to it, step by step (rule 20)"
SEEN_BY = frozenset({"police_operator", "duty_person"})

declare(PersonalData("alarms.Alarm", "", "case", GROUND, SEEN_BY, "keep"))
declare(PersonalData("alarms.AlarmMessage", "", "case", GROUND, SEEN_BY, "blank"))
declare(PersonalData("alarms.AlarmStep", "", "case", GROUND, SEEN_BY, "keep"))
declare(PersonalData("alarms.Device", "", "account", "Who may raise an alarm without signing in", SEEN_BY, "delete"))
declare(
    PersonalData(
        "alarms.Drill",
        "",
        "case",
        "Proof that a button was tested, by whom and when (rule 20)",
        frozenset({"drill_officer"}),
        "keep",
    )
)
declare(PersonalData("alarms.Press", "", "case", GROUND, SEEN_BY, "keep"))
NOTICE = "That a school sent something to the police centre, who opened and who closed it (rule 17)"
declare(PersonalData("alarms.Notice", "", "case", NOTICE, frozenset({"police_operator"}), "keep"))
declare_impersonal("alarms.Button", "buttons on the walls of schools, their keys and how well they are")
declare_impersonal("alarms.Call", "which centres an alarm was shown to")
declare_impersonal("alarms.Centre", "centres that answer alarms, and whom they call next")
declare_impersonal("alarms.SchoolCode", "codes of schools by which phones are enrolled")
