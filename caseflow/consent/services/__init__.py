from caseflow.consent.services.deciding import give, refuse, withdraw
from caseflow.consent.services.guardianships import end_guardianship, resume_guardianship
from caseflow.consent.services.invitations import invite_guardian, invite_pupil, join_account, redeem
from caseflow.consent.services.ledger import Author
from caseflow.consent.services.paper import confirm_paper, enter_paper, read_scan, reject_paper
from caseflow.consent.services.protecting import (
    approve_exclusion,
    dissent,
    exclude_guardian,
    lift_dissent,
    readmit_guardian,
    reject_exclusion,
)
from caseflow.consent.services.staff_parents import name_staff_account

__all__ = [
    "Author",
    "approve_exclusion",
    "confirm_paper",
    "dissent",
    "end_guardianship",
    "enter_paper",
    "exclude_guardian",
    "give",
    "invite_guardian",
    "invite_pupil",
    "join_account",
    "lift_dissent",
    "name_staff_account",
    "read_scan",
    "readmit_guardian",
    "redeem",
    "refuse",
    "reject_exclusion",
    "reject_paper",
    "resume_guardianship",
    "withdraw",
]
