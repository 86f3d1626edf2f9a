from caseflow.records.register import PersonalData, declare

declare(
    PersonalData(
        "undo.Removed",
        "pupil",
        "draft",
        "A slip of the hand is taken back within seconds; what was removed is gone for good within the hour",
        frozenset({"own"}),
        "delete",
    )
)
