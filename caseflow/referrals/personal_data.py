from caseflow.records.register import PersonalData, declare
from caseflow.referrals.rules import READERS

HELP = "Help asked of an agency or another school for a pupil, and proof of what was told to whom on what ground"
WHO = frozenset(role.value for role in READERS)

declare(PersonalData("referrals.Referral", "case__pupil", "case", HELP, WHO, "delete"))
declare(PersonalData("referrals.ReferralStep", "referral__case__pupil", "case", HELP, WHO, "delete"))
