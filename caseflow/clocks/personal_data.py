from caseflow.records.register import PersonalData, declare, declare_impersonal

WORK = "Organisation of work: who answers for whose matters while somebody is away"
PROOF = "Proof of who was on duty and who was rung when (fact 4)"

declare_impersonal("clocks.DeadlineRule", "terms and their sources")
declare_impersonal("clocks.DutyHours", "working hours of schools")
declare_impersonal("clocks.EscalationStep", "who is told of a missed deadline, by role")
declare_impersonal("clocks.Escalation", "when a missed deadline was told of, by role")
declare_impersonal("clocks.MissedNumber", "a random number of a missed deadline")
declare_impersonal("clocks.Clock", "times of a deadline, without what it is for")
declare(
    PersonalData(
        "clocks.DutyShift", "", "audit", PROOF, frozenset({"principal", "school_admin", "lead_psychologist"}), "keep"
    )
)
declare(
    PersonalData(
        "clocks.ClockChange",
        "",
        "audit",
        "Proof of who moved a deadline, when and why (fact 4)",
        frozenset({"psychologist", "lead_psychologist", "social_pedagogue", "class_teacher"}),
        "keep",
    )
)
declare(PersonalData("clocks.Absence", "", "audit", WORK, frozenset({"own", "lead_psychologist"}), "keep"))
declare(PersonalData("clocks.DutyCall", "", "audit", PROOF, frozenset({"own"}), "keep"))
declare(PersonalData("clocks.DutyRing", "", "audit", PROOF, frozenset({"own"}), "keep"))
