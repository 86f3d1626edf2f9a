from caseflow.records.register import declare_impersonal

declare_impersonal("coordination.Report", "published sums under disclosure control, and a comment")
