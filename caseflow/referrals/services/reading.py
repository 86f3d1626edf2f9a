"""Opening referrals: what is shown and the entry that it was shown are one transaction (rule 24)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from caseflow.audit.services import record
from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import case_in_reach
from caseflow.directory.actors import Actor
from caseflow.referrals.enums import Ground, State
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import Basis, basis_named
from caseflow.referrals.selectors.grounds import ground_said, review_said, to_review
from caseflow.referrals.selectors.reading import Page, inbox, of_case, page_of, sent_list
from caseflow.referrals.selectors.scope import readable, sent_by
from caseflow.referrals.selectors.writing import Writing, writing_of
from caseflow.referrals.services.holding import log


@dataclass(frozen=True, slots=True)
class ToReview:
    """A legal ground as the lead sees it: who wrote to whom on what ground; the text stays with the case."""

    referral: Referral
    basis: Basis | None
    ground_words: str
    review_words: str


@transaction.atomic
def open_referral(actor: Actor, referral_id: UUID) -> Page:
    """A referral as its sender or receiver reads it. Raises Referral.DoesNotExist, for a draft too."""
    found = readable(actor, referral_id)
    if found.state == State.DRAFT:
        raise Referral.DoesNotExist
    page = page_of(actor, found)
    log(actor, "referral_read", page.referral, side=page.side.value)
    return page


@transaction.atomic
def open_draft(actor: Actor, referral_id: UUID) -> Writing:
    """A draft on which is written. Raises Referral.DoesNotExist (none, or sent already)."""
    writing = writing_of(actor, sent_by(actor).get(pk=referral_id, state=State.DRAFT))
    log(actor, "referral_read", writing.referral, sources=[source.ref for source in writing.sources])
    return writing


@transaction.atomic
def open_list(actor: Actor, *, received: bool, over: bool) -> QuerySet[Referral]:
    """The inbox or what was sent; that the list was read is one entry in the log."""
    record(action="referrals_read", actor_id=actor.user.pk, role=actor.role, obj="referrals.Referral")
    return inbox(actor, over=over) if received else sent_list(actor, over=over)


def referrals_of_case(actor: Actor, case_id: UUID) -> tuple[Case, list[Referral]]:
    """For the page of the case, whose reading is logged. Raises Case.DoesNotExist."""
    case = case_in_reach(actor, case_id)
    return case, of_case(case)


@transaction.atomic
def open_grounds(actor: Actor) -> QuerySet[Referral]:
    """The legal grounds the lead looks at; that the list was read is one entry in the log."""
    record(action="referrals_read", actor_id=actor.user.pk, role=actor.role, obj="referrals.Referral")
    return to_review(actor)


@transaction.atomic
def open_ground(actor: Actor, referral_id: UUID) -> ToReview:
    """One legal ground. Raises Referral.DoesNotExist."""
    referral = to_review(actor).get(pk=referral_id, ground=Ground.LEGAL)
    log(actor, "referral_read", referral, part="ground")
    return ToReview(referral, basis_named(referral.basis), ground_said(referral), review_said(referral))
