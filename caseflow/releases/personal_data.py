from caseflow.records.register import declare_impersonal

declare_impersonal("releases.Release", "published sums under disclosure control")
declare_impersonal("releases.ReleasedCounts", "exact sums that nobody is shown; later releases are protected with them")
