from caseflow.records.register import declare_impersonal

declare_impersonal("coordination.PeriodFigures", "published sums under disclosure control")
declare_impersonal("coordination.Report", "published sums under disclosure control, and a comment")
