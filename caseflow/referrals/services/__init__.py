from caseflow.referrals.services.drafting import DROPPED, Written, begin_referral, drop_referral, write_referral
from caseflow.referrals.services.moving import act_on
from caseflow.referrals.services.reviewing import review_ground
from caseflow.referrals.services.sending import send_referral, send_written

__all__ = [
    "DROPPED",
    "Written",
    "act_on",
    "begin_referral",
    "drop_referral",
    "review_ground",
    "send_referral",
    "send_written",
    "write_referral",
]
