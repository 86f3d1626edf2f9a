"""A guardian, or the grown pupil, gives, refuses or withdraws."""

from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from caseflow.consent.enums import GIVING, Channel, EventKind, Purpose
from caseflow.consent.errors import NotConfirmedError, NothingToWithdrawError, TextOutdatedError
from caseflow.consent.models import ConsentEvent, ConsentText, PaperScan
from caseflow.consent.selectors import decidable_pupils, expiry_of, last_decision, text_in_force
from caseflow.consent.services.ledger import Author, append, author, lock_ledger
from caseflow.consent.shown import operator_name, shown_digest
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil


@transaction.atomic
def give(
    actor: Actor,
    *,
    pupil_id: UUID,
    purpose: str,
    text_id: UUID,
    language: str,
    confirmed: bool = False,
    shown_sha256: str | None = None,
) -> ConsentEvent:
    """Consent to a purpose until the end of the school year, as `actor` for the own child or oneself.

    `shown_sha256` is the digest the page carried; it must be that of the text in force for this school.
    Raises Http404, NotConfirmedError, TextOutdatedError, NoSchoolYearError.
    """
    _own_pupil(actor, pupil_id)
    if not confirmed:
        raise NotConfirmedError
    pupil = lock_ledger(pupil_id)
    text = text_in_force(purpose, language)
    if text.pk != text_id or shown_sha256 not in (None, _digest(text, pupil)):
        raise TextOutdatedError
    return write_given(author(actor, Channel.PORTAL), pupil, text, guardian_id=actor.membership.guardian_id)


@transaction.atomic
def withdraw(actor: Actor, *, pupil_id: UUID, purpose: str) -> ConsentEvent:
    """Withdraw a consent; it is effective at once (rule 9). Raises Http404, NothingToWithdrawError."""
    _own_pupil(actor, pupil_id)
    pupil, guardian_id = lock_ledger(pupil_id), actor.membership.guardian_id
    last = last_decision(pupil_id, guardian_id, purpose)
    if last is None or last.kind not in GIVING:
        raise NothingToWithdrawError
    return write_against(
        author(actor, Channel.PORTAL), EventKind.WITHDRAWN, pupil, Purpose(purpose), guardian_id=guardian_id
    )


@transaction.atomic
def refuse(actor: Actor, *, pupil_id: UUID, purpose: str) -> ConsentEvent:
    """Say no to a purpose. A consent given before counts as withdrawn from now on. Raises Http404."""
    _own_pupil(actor, pupil_id)
    pupil, guardian_id = lock_ledger(pupil_id), actor.membership.guardian_id
    return write_against(
        author(actor, Channel.PORTAL), EventKind.REFUSED, pupil, Purpose(purpose), guardian_id=guardian_id
    )


def write_given(
    by: Author,
    pupil: Pupil,
    text: ConsentText,
    *,
    guardian_id: UUID | None,
    kind: EventKind = EventKind.GIVEN,
    scan: PaperScan | None = None,
    answers: ConsentEvent | None = None,
) -> ConsentEvent:
    """The line of a consent with all that rule 8 asks, in the caller's transaction. Raises NoSchoolYearError.

    `pupil` comes from `lock_ledger`.
    """
    return append(
        by,
        kind,
        pupil,
        guardian_id=guardian_id,
        purpose=text.purpose,
        operator=pupil.school,
        operator_name=operator_name(pupil.school, text.language),
        operator_bin=pupil.school.bin,
        data_categories=text.data_categories,
        third_parties=text.third_parties,
        cross_border=text.cross_border,
        term=text.term,
        text=text,
        text_version=text.version,
        language=text.language,
        shown_sha256=_digest(text, pupil),
        expires_at=expiry_of(pupil, by.at),
        scan=scan,
        answers=answers,
    )


def write_against(
    by: Author,
    kind: EventKind,
    pupil: Pupil,
    purpose: Purpose,
    *,
    guardian_id: UUID | None,
    scan: PaperScan | None = None,
) -> ConsentEvent:
    """The line of a refusal or withdrawal, in the caller's transaction: it never waits for a second person."""
    return append(by, kind, pupil, guardian_id=guardian_id, purpose=purpose, operator=pupil.school, scan=scan)


def _own_pupil(actor: Actor, pupil_id: UUID) -> Pupil:
    return get_object_or_404(decidable_pupils(actor), pk=pupil_id)


def _digest(text: ConsentText, pupil: Pupil) -> str:
    return shown_digest(text, operator_name(pupil.school, text.language), pupil.school.bin)
