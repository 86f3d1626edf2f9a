from caseflow.records.register import PersonalData, declare

declare(
    PersonalData(
        "drafts.Draft",
        "pupil",
        "draft",
        "Nothing that somebody is writing is lost; it becomes an entry or ends within days",
        frozenset({"own"}),
        "delete",
    )
)
