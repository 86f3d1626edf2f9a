from caseflow.indicators.rules.readers import READERS
from caseflow.records.register import PersonalData, declare, declare_impersonal

declare(
    PersonalData(
        model="explorer.SavedView",
        pupil_path="",
        retention="account",
        ground="The person's own wish to find a question to released figures again",
        viewers=frozenset({"own", *(role.value for role in READERS)}),
        on_erasure="delete",
    )
)
declare_impersonal("explorer.PublicSelection", "which indicators a region publishes, since when and by whom")
