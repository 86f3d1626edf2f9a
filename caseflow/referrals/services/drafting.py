"""Writing a referral. Nothing leaves the case before it is sent."""

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import GRAVE
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services.locking import hold_open_case
from caseflow.directory.actors import Actor
from caseflow.directory.models import Agency, School
from caseflow.records.vault import seal, where
from caseflow.referrals.enums import Ground, Kind, State
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import LONGEST_TEXT, Draft
from caseflow.referrals.selectors.composing import draft_place
from caseflow.referrals.selectors.people import possible_agencies, possible_schools
from caseflow.referrals.services.holding import hold_draft, log
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import keep_removed, put_back, removed_rows

DROPPED = "referral_dropped"  # as an act that can be undone


@dataclass(frozen=True, slots=True)
class Written:
    """What a person chose and wrote. One of `agency_id` and `school_id` at most; `ground_words` say what makes the
    legal ground `basis` hold here."""

    agency_id: int | None = None
    school_id: int | None = None
    urgent: bool = False
    ground: str = ""
    basis: str = ""
    ground_words: str = ""
    draft: Draft = field(default_factory=Draft)


@transaction.atomic
def begin_referral(actor: Actor, case_id: UUID, kind: Kind) -> Referral:
    """Begin a referral of the case, or go on with the draft of this kind that the actor has there. Where the risk is
    high or acute it begins as urgent.

    Raises Case.DoesNotExist, CaseRefused (closed case).
    """
    case = hold_open_case(actor, case_id)
    there = _draft_there(case, kind, actor.user.pk)
    if there is not None:
        return there
    referral = Referral.objects.create(
        case=case,
        kind=kind,
        urgent=kind == Kind.REFERRAL and case.risk in GRAVE,
        from_school=case.school,
        created_by=actor.user,
        created_at=timezone.now(),
    )
    log(actor, "referral_begun", referral)
    return referral


@transaction.atomic
def write_referral(actor: Actor, referral_id: UUID, written: Written) -> Referral:
    """Keep what was chosen and written so far, complete or not.

    Raises Referral.DoesNotExist, CaseRefused (closed case, sent already, a receiver that is not offered, too long).
    """
    referral = hold_draft(actor, referral_id)
    _refuse_overlong(written)
    agency, school = _receiver(referral, written)
    key, words = referral.case.data_key, written.ground_words.strip()
    referral.agency, referral.to_school = agency, school
    referral.urgent, referral.ground = written.urgent, written.ground
    referral.basis = written.basis if written.ground == Ground.LEGAL else ""
    referral.ground_sealed = seal(key, words, where("referrals.Referral", referral.pk, "ground"))
    referral.draft_sealed = seal(key, written.draft.written(), draft_place(referral))
    fields = ("agency", "to_school", "urgent", "ground", "basis", "ground_sealed", "draft_sealed")
    referral.save(update_fields=fields)
    log(actor, "referral_written", referral)
    return referral


@transaction.atomic
def drop_referral(actor: Actor, referral_id: UUID) -> UUID:
    """Forget a draft; returns the id of its case. Raises Referral.DoesNotExist, CaseRefused (sent already)."""
    referral = hold_draft(actor, referral_id)
    case_id = referral.case_id
    log(actor, "referral_dropped", referral)
    keep_removed(actor, DROPPED, referral.pk, [referral], pupil_id=referral.case.pupil_id)
    referral.delete()
    return case_id


def take_up_again(actor: Actor, referral_id: str, _facts: Facts) -> str:
    """Take back that the actor dropped a draft. Returns the page on which it is written.

    Raises Removed.DoesNotExist, Case.DoesNotExist, TooLateError (closed case, another was begun meanwhile).
    """
    (removed,) = removed_rows(actor, DROPPED, referral_id)
    referral = cast("Referral", removed)
    try:
        case = hold_open_case(actor, referral.case_id)
    except CaseRefused as refused:
        raise TooLateError from refused
    if _draft_there(case, referral.kind, referral.created_by_id) is not None:
        raise TooLateError
    put_back([referral])
    log(actor, "referral_restored", referral)
    return reverse("referrals:write", args=[referral.pk])


def _draft_there(case: Case, kind: str, author_id: int) -> Referral | None:
    return Referral.objects.filter(case=case, kind=kind, state=State.DRAFT, created_by=author_id).first()


def _receiver(referral: Referral, written: Written) -> tuple[Agency | None, School | None]:
    case, agency, school = referral.case, None, None
    if written.agency_id is not None and not referral.is_transfer:
        agency = possible_agencies(case).filter(pk=written.agency_id).first()
    elif written.school_id is not None:
        school = possible_schools(case).filter(pk=written.school_id).first()
    if (written.agency_id or written.school_id) and not (agency or school):
        raise CaseRefused(gettext("It cannot be sent there. Choose one of the receivers that are offered."))
    return agency, school


def _refuse_overlong(written: Written) -> None:
    said = (written.ground_words, written.draft.asked, *(text for _code, text in written.draft.texts))
    if any(len(each) > LONGEST_TEXT for each in said):
        raise CaseRefused(gettext("A text holds %(number)s characters at most.") % {"number": LONGEST_TEXT})
