from caseflow.records.register import declare_impersonal

declare_impersonal("clocks.DeadlineRule", "terms and their sources")
declare_impersonal("clocks.DutyHours", "working hours of schools")
declare_impersonal("clocks.Clock", "times of a deadline, without what it is for")
