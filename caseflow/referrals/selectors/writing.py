"""A draft with all that its page shows: what can be chosen, what the receiver would read, and what is missing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.directory.actors import Actor
from caseflow.referrals.enums import Ground, Told
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import Basis, Draft, Letter, bases_for, offered
from caseflow.referrals.selectors.composing import compose, draft_of, standing_of
from caseflow.referrals.selectors.grounds import consent_refusal, ground_said
from caseflow.referrals.selectors.people import receivers_of
from caseflow.referrals.selectors.travel import Travel, travel_of
from caseflow.referrals.sources import Source, sources_of


@dataclass(frozen=True, slots=True)
class Writing:
    """`consent` says why consent does not carry it, "" where it does; `sources` are what the receiver may be
    told facts of; `travel` stands for transfers alone."""

    referral: Referral
    draft: Draft
    ground_words: str
    fields: tuple[Told, ...]
    sources: tuple[Source, ...]
    bases: tuple[Basis, ...]
    consent: str
    letter: Letter
    missing: tuple[str, ...]
    travel: Travel | None


def writing_of(actor: Actor, referral: Referral) -> Writing:
    """All about a draft that the actor writes, whose case is at hand with key, school and pupil."""
    now, kind = timezone.now(), referral.receiver_kind
    draft, words = draft_of(referral), ground_said(referral)
    fields = offered(kind, standing_of(referral.case)) if kind else ()
    sources = sources_of(actor, referral.case) if Told.FACTS in fields else ()
    letter = compose(referral, draft, sources)
    consent = consent_refusal(referral.case, kind, now) if kind else ""
    return Writing(
        referral,
        draft,
        words,
        fields,
        sources,
        bases_for(kind, timezone.localdate(now)) if kind else (),
        consent,
        letter,
        tuple(_missing(referral, letter, words, consent, now)),
        travel_of(referral.case) if referral.is_transfer else None,
    )


def _missing(referral: Referral, letter: Letter, words: str, consent: str, now: datetime) -> list[str]:
    """What keeps it from being sent, as sentences."""
    if not referral.receiver_kind:
        return [gettext("Choose who receives it.")]
    found = [_missing_ground(referral, words, consent, now)]
    if not receivers_of(referral).exists():
        found.append(
            gettext("Nobody of this receiver works with the system. Refer by telephone, and write that into the case.")
        )
    found += [_missing_text(line.told) for line in letter.lines if not line.text]
    return [said for said in found if said]


def _missing_ground(referral: Referral, words: str, consent: str, now: datetime) -> str:
    if referral.ground == Ground.CONSENT:
        return consent
    if referral.ground != Ground.LEGAL:
        return gettext("Choose on what ground it is sent: consent, or a legal ground.")
    if referral.basis not in {basis.code for basis in bases_for(referral.receiver_kind, timezone.localdate(now))}:
        return gettext("Choose a legal ground that holds for this receiver.")
    return "" if words else gettext("Say in a few words what makes the legal ground hold here.")


def _missing_text(told: Told) -> str:
    if told is Told.ASKED:
        return gettext("Write what you ask of the receiver.")
    return gettext("“%(field)s” is chosen, but nothing is written there.") % {"field": told.label}
