"""What lower rooms ask of this one by name: its clocks, its lines in a chronology, what follows from a decision."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.keeping import ask_before_closing
from caseflow.cases.wordings import link_refs, name_acts, name_entry
from caseflow.clocks.matters import about, looks, matters, steps
from caseflow.clocks.texts import TARGETS
from caseflow.clocks.watchers import find_targets, watch
from caseflow.consent.following import follow_decisions
from caseflow.referrals.services import clocks
from caseflow.referrals.services.sending import ACCEPT, ACCEPT_URGENT, ANSWER, ANSWER_URGENT, REVIEW, TRANSFER
from notifications.texts import name_codes

HOME = clocks.__name__


def register_texts() -> None:
    """Tell clocks, cases, consent and notifications how referrals read and what they want to know."""
    for prefix in ("referral_", REVIEW):
        watch(prefix, f"{HOME}.remind_of_referral")
        find_targets(prefix, f"{HOME}.targets_of_referral")
        matters.add(prefix, f"{HOME}.matter_of_referral")
        steps.add(prefix, f"{HOME}.chronicle_referral")
        looks.add(prefix, f"{HOME}.looks_at_referrals")
        about.add(prefix, f"{HOME}.clocks_about")
    follow_decisions("caseflow.referrals.services.withdrawing.follow_decision")
    ask_before_closing("caseflow.referrals.services.moving.refusal_to_close")
    link_refs("referral", "referrals:detail")
    _name_codes()
    _name_entries()
    _name_acts()


def _name_codes() -> None:
    name_codes(
        "clock",
        [
            (ACCEPT, _("accepting a referral")),
            (ACCEPT_URGENT, _("accepting an urgent referral")),
            (ANSWER, _("answering a referral")),
            (ANSWER_URGENT, _("answering an urgent referral")),
            (TRANSFER, _("taking over a case from another school")),
        ],
    )
    name_codes(
        "reason",
        [
            ("referral_accept", _("accepted")),
            ("referral_reject", _("rejected")),
            ("referral_answer", _("answered")),
            ("referral_withdraw", _("stopped, the consent ended")),
            ("referral_object", _("the lead finds that the legal ground does not hold")),
            ("referral_consent_ended", _("the consent ended after it was accepted")),
        ],
    )


def _name_entries() -> None:
    name_entry("referral_send", _("Referral sent: %(receiver)s"))
    name_entry("referral_accept", _("Referral accepted: %(receiver)s"))
    name_entry("referral_reject", _("Referral rejected: %(receiver)s"))
    name_entry("referral_answer", _("Referral answered: %(receiver)s"))
    name_entry("referral_finish", _("Referral finished: %(receiver)s"))
    name_entry("referral_revoke", _("Referral revoked: %(receiver)s"))
    name_entry("referral_withdraw", _("Referral stopped, the consent ended: %(receiver)s"))
    name_entry("referral_object", _("The legal ground of a referral does not hold: %(receiver)s"))
    name_entry("referral_ground_confirmed", _("The lead confirmed the legal ground of a referral: %(receiver)s"))
    name_entry("referral_consent_ended", _("The consent ended after the referral was accepted: %(receiver)s"))
    name_entry("transfer_send", _("The case is offered to another school: %(receiver)s"))
    name_entry("transfer_accept", _("The case has come from %(sender)s to %(receiver)s"))
    name_entry("transfer_reject", _("The other school rejected the case: %(receiver)s"))
    name_entry("transfer_revoke", _("The case is no longer offered to another school: %(receiver)s"))
    name_entry(clocks.MISSED, _("A referral is overdue. Told: %(whom)s"), whom=TARGETS)
    name_entry(clocks.MISSED_ALONE, _("A referral is overdue, and nobody was there to be told"))
    name_entry(
        clocks.UNREVIEWED, _("No lead looked in time at work done without consent. Told: %(whom)s"), whom=TARGETS
    )
    name_entry(
        clocks.UNREVIEWED_ALONE,
        _("No lead looked in time at work done without consent, and nobody was there to be told"),
    )


def _name_acts() -> None:
    name_acts(
        {
            "referral_read": _("read a referral"),
            "referral_begun": _("began a referral"),
            "referral_written": _("wrote on a referral"),
            "referral_dropped": _("dropped the draft of a referral"),
            "referral_restored": _("took back at once that the draft of a referral was dropped"),
            "referral_send": _("sent a referral"),
            "referral_accept": _("accepted a referral"),
            "referral_reject": _("rejected a referral"),
            "referral_answer": _("answered a referral"),
            "referral_finish": _("finished a referral"),
            "referral_revoke": _("revoked a referral"),
            "referral_object": _("found that a legal ground does not hold"),
            "referral_ground_confirmed": _("confirmed a legal ground"),
            "case_transferred": _("took the case over"),
        }
    )
