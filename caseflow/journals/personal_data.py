from caseflow.cases.rules import CASE_ROLES
from caseflow.records.register import PersonalData, declare, declare_impersonal

GROUND = "Proof of the work of the school psychological service (rule 14b)"
PSYCHOLOGISTS = frozenset(role.value for role in CASE_ROLES)

# The words are sealed with the key of the appointment, so they go with it; that the work was done stays, as a number.
declare(
    PersonalData(
        "journals.WorkRecord", "appointment__participants__pupil", "appointment", GROUND, PSYCHOLOGISTS, "blank"
    )
)
declare(PersonalData("journals.ResultRecord", "administration__case__pupil", "case", GROUND, PSYCHOLOGISTS, "delete"))
declare_impersonal("journals.FormVersion", "which columns a journal has, and what the form rests on")
declare_impersonal("journals.YearPlan", "the plan of a school's service for a year")
declare_impersonal("journals.PlanItem", "what the service plans and what became of it, without pupils")
declare_impersonal("journals.ReportWords", "what is said of the work of a year, without pupils")
declare_impersonal("journals.SignedReport", "counts of the work of a year, signed")
