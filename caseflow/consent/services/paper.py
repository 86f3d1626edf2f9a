"""Consents on paper: entered in the office with a scan, in force when a second person has checked them (rule 8)."""

from typing import cast
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.consent.enums import Channel, EventKind, Purpose
from caseflow.consent.errors import AlreadyAnsweredError, NotItsGuardianError, SamePersonError, SupersededError
from caseflow.consent.models import ConsentEvent, PaperScan
from caseflow.consent.rules import latest_adult_birth
from caseflow.consent.selectors import guardians_in_force, last_decision, text_in_force
from caseflow.consent.services.deciding import write_against, write_given
from caseflow.consent.services.ledger import append, author, lock_ledger
from caseflow.consent.services.scans import keep_scan, open_scan, remove_scan
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.records.files import files_with_rows


@files_with_rows()
def enter_paper(
    actor: Actor, *, pupil_id: UUID, guardian_id: UUID | None, purpose: str, language: str, decision: str, scan: bytes
) -> ConsentEvent:
    """Enter a signed form. A consent waits for a second checker; a refusal or withdrawal holds at once.

    `decision` is given, refused or withdrawn; `guardian_id` is None for a pupil of age.
    The scan stays on disk only if the entry does. Raises Http404, NotItsGuardianError, TextOutdatedError,
    UnreadableScanError, NoSchoolYearError.
    """
    get_object_or_404(actor.pupils(), pk=pupil_id)
    pupil = lock_ledger(pupil_id)
    _must_stand_for(pupil, guardian_id)
    kept = keep_scan(pupil, scan)
    by = author(actor, Channel.PAPER)
    if decision in (EventKind.REFUSED, EventKind.WITHDRAWN):
        return write_against(by, EventKind(decision), pupil, Purpose(purpose), guardian_id=guardian_id, scan=kept)
    text = text_in_force(purpose, language)
    return write_given(by, pupil, text, guardian_id=guardian_id, kind=EventKind.PAPER_ENTERED, scan=kept)


@transaction.atomic
def confirm_paper(actor: Actor, entry_id: UUID) -> ConsentEvent:
    """Put a consent entered by somebody else in force.

    Raises Http404, SamePersonError, AlreadyAnsweredError, SupersededError, NotItsGuardianError.
    """
    entry, pupil = _pending(actor, entry_id)
    _must_stand_for(pupil, entry.guardian_id)
    last = last_decision(pupil.pk, entry.guardian_id, entry.purpose)
    moved = entry.operator_id != pupil.school_id  # what was signed for one school is no consent to another
    if entry.text is None or moved or (last is not None and last.at > entry.at):
        raise SupersededError
    return write_given(
        author(actor, Channel.PAPER),
        pupil,
        entry.text,
        guardian_id=entry.guardian_id,
        kind=EventKind.PAPER_CONFIRMED,
        scan=entry.scan,
        answers=entry,
    )


@transaction.atomic
def reject_paper(actor: Actor, entry_id: UUID) -> ConsentEvent:
    """Send an entry back: the form does not say what was entered, so its scan goes. Raises as `confirm_paper`."""
    entry, pupil = _pending(actor, entry_id)
    remove_scan(cast("PaperScan", entry.scan))  # what was entered from paper has one
    return append(
        author(actor, Channel.PAPER),
        EventKind.PAPER_REJECTED,
        pupil,
        guardian_id=entry.guardian_id,
        purpose=entry.purpose,
        answers=entry,
    )


@transaction.atomic
def read_scan(actor: Actor, scan_id: UUID) -> tuple[PaperScan, bytes]:
    """A scan of the actor's school with its content; opening it is logged. Raises Http404, also when it is gone."""
    own = ConsentEvent.objects.filter(operator__in=actor.schools()).values("scan")
    kept = PaperScan.objects.filter(data_key__isnull=False, pupil__in=actor.pupils(), pk__in=own)
    scan = get_object_or_404(kept.select_related("data_key"), pk=scan_id)
    record(
        action="read",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"consent.PaperScan/{scan.pk}",
        pupil_id=scan.pupil_id,
    )
    return scan, open_scan(scan)


def _pending(actor: Actor, entry_id: UUID) -> tuple[ConsentEvent, Pupil]:
    """The entry and its locked pupil, when this person may answer it."""
    waiting = ConsentEvent.objects.filter(kind=EventKind.PAPER_ENTERED, pupil__in=actor.pupils())
    entry = get_object_or_404(waiting.select_related("text", "scan__data_key"), pk=entry_id)
    pupil = lock_ledger(entry.pupil_id)
    if entry.by_id == actor.user.pk:
        raise SamePersonError
    if ConsentEvent.objects.filter(answers=entry).exists():
        raise AlreadyAnsweredError
    return entry, pupil


def _must_stand_for(pupil: Pupil, guardian_id: UUID | None) -> None:
    """Raises NotItsGuardianError unless the guardian stands for the pupil today, or the pupil of age for oneself."""
    if guardian_id is None:
        stands = pupil.birth_date <= latest_adult_birth(timezone.localdate())
    else:
        stands = guardians_in_force(pupil).filter(pk=guardian_id).exists()
    if not stands:
        raise NotItsGuardianError
