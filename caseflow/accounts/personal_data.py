from caseflow.records.register import PersonalData, declare, declare_impersonal

declare(
    PersonalData(
        model="accounts.User",
        pupil_path="memberships__pupil",
        retention="audit",
        ground="Proof of who acted: the access log names its people",
        viewers=frozenset({"system_admin"}),
        on_erasure="keep",
    )
)
declare(
    PersonalData(
        model="accounts.Phone",
        pupil_path="",
        retention="account",
        ground="The person's own wish to be told by SMS",
        viewers=frozenset({"own"}),
        on_erasure="delete",
    )
)
declare_impersonal("accounts.SignInThrottle", "counts by digest, gone after a day")
