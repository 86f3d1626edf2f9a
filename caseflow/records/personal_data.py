from caseflow.records.register import PersonalData, declare, declare_impersonal

declare_impersonal("records.DataKey", "wrapped keys, no content")
for label, holds in {
    "contenttypes.ContentType": "names of models",
    "auth.Permission": "names of permissions",
    "auth.Group": "names of groups",
    "sessions.Session": "signed session state, ends with the session",
    "guardian.GroupObjectPermission": "unused generic grants",
    "guardian.UserObjectPermission": "unused generic grants",
}.items():
    declare_impersonal(label, holds)
declare(
    PersonalData(
        model="audit.AuditEntry",
        pupil_path="",
        retention="audit",
        ground="Proof of who read and did what (rule 24)",
        viewers=frozenset({"dpo"}),
        on_erasure="keep",
    )
)
declare_impersonal("audit.Checkpoint", "signed ends of the audit chain")
declare_impersonal("notifications.LastPosition", "the last position given out to an alert")
declare(
    PersonalData(
        model="notifications.Alert",
        pupil_path="",
        retention="alert",
        ground="What a member of staff or a guardian was told, and when",
        viewers=frozenset({"own"}),
        on_erasure="delete",
    )
)
for label, retention, ground in (
    ("notifications.Delivery", "alert", "Whether and when somebody was told, as proof for both sides"),
    ("notifications.Preferences", "account", "The person's own choice of how to be told"),
    ("notifications.Subscription", "account", "The person's own choice to be told in this browser"),
):
    declare(
        PersonalData(
            model=label,
            pupil_path="",
            retention=retention,
            ground=ground,
            viewers=frozenset({"own"}),
            on_erasure="delete",
        )
    )
