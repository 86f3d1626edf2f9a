from caseflow.cases.rules import CASE_ROLES
from caseflow.records.register import PersonalData, declare, declare_impersonal

GROUND = "Organisation of psychological help, and proof of what was held and what was not (rule 14b)"
PSYCHOLOGISTS = frozenset(role.value for role in CASE_ROLES)

# Kept as long as the case it belongs to; without a case for the term of this name. Afterwards, and after an erasure,
# kind, length and numbers stay: nobody is named by them.
declare(PersonalData("appointments.Appointment", "participants__pupil", "appointment", GROUND, PSYCHOLOGISTS, "blank"))
declare(PersonalData("appointments.Participant", "pupil", "appointment", GROUND, PSYCHOLOGISTS, "delete"))
declare(
    PersonalData("appointments.Move", "appointment__participants__pupil", "appointment", GROUND, PSYCHOLOGISTS, "keep")
)
declare(
    PersonalData(
        "appointments.CalendarFeed",
        "",
        "account",
        "The person's own wish to see busy times in another calendar",
        frozenset({"own"}),
        "delete",
    )
)
declare(
    PersonalData("appointments.ReminderWish", "", "account", "The person's own choice", frozenset({"own"}), "delete")
)
declare_impersonal("appointments.Reminder", "when an appointment is to be reminded of, by its number")
declare_impersonal("appointments.Series", "which appointments were made together, by number")
