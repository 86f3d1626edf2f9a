from caseflow.records.register import PersonalData, declare, declare_impersonal

OFFICE = frozenset({"school_admin"})
ROLL = "Keeping of the school roll"

declare_impersonal("schoolyear.YearTurn", "how a school goes over to a school year")
declare_impersonal("schoolyear.ClassTurn", "what becomes of a class; its teacher's name is service data")
declare(PersonalData("schoolyear.PupilTurn", "pupil", "pupil", ROLL, OFFICE, "delete"))
declare(PersonalData("schoolyear.SchoolMove", "pupil", "pupil", ROLL, OFFICE, "delete"))
declare(
    PersonalData("schoolyear.ComingOfAge", "pupil", "pupil", "Whose rights end and begin (rule 10)", OFFICE, "delete")
)
