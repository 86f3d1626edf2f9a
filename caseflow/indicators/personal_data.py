from caseflow.records.register import declare_impersonal

declare_impersonal("indicators.OwnIndicator", "what a region counts, in words; no counts and no persons")
