"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "referrals_read": _("Read the list of referrals"),
    "referral_read": _("Read a referral"),
    "referral_printed": _("Printed a referral"),
    "referral_begun": _("Began a referral"),
    "referral_written": _("Wrote on a referral"),
    "referral_dropped": _("Dropped the draft of a referral"),
    "referral_restored": _("Took back at once that the draft of a referral was dropped"),
    "referral_send": _("Sent a referral"),
    "referral_accept": _("Accepted a referral"),
    "referral_reject": _("Rejected a referral"),
    "referral_answer": _("Answered a referral"),
    "referral_finish": _("Finished a referral"),
    "referral_revoke": _("Revoked a referral"),
    "referral_withdraw": _("A referral was stopped: the consent ended"),
    "referral_object": _("Found that the legal ground of a referral does not hold"),
    "referral_consent_ended": _("The consent under a referral ended after it was accepted"),
    "referral_ground_confirmed": _("Confirmed the legal ground of a referral"),
    "case_transferred": _("Took over a case from another school"),
}
