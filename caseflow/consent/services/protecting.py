"""What stands against the guardians' word: the pupil's own dissent, and the exclusion of a guardian (rule 10)."""

from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from caseflow.consent.enums import Channel, EventKind
from caseflow.consent.errors import AlreadyAnsweredError, NotItsGuardianError, NotNeededError, SamePersonError
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors import dissenting, excluded_guardians
from caseflow.consent.selectors.exclusions import proposal_of
from caseflow.consent.services.ledger import append, append_sealed, author, lock_ledger
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship, Pupil


@transaction.atomic
def dissent(actor: Actor, *, pupil_id: UUID) -> ConsentEvent:
    """Record that the pupil told the psychologist "no". The reason is not asked. Raises Http404, NotNeededError."""
    return _speak(actor, pupil_id, EventKind.DISSENT)


@transaction.atomic
def lift_dissent(actor: Actor, *, pupil_id: UUID) -> ConsentEvent:
    """Record that the pupil takes the dissent back. Raises Http404, NotNeededError."""
    return _speak(actor, pupil_id, EventKind.DISSENT_LIFTED)


@transaction.atomic
def exclude_guardian(actor: Actor, *, pupil_id: UUID, guardian_id: UUID, reason: str) -> ConsentEvent:
    """Propose that a guardian's consents no longer count. It takes effect when a second person approves.

    Raises Http404, NotItsGuardianError, NotNeededError (excluded or proposed already).
    """
    pupil = _scoped(actor, pupil_id)
    if not Guardianship.objects.filter(pupil=pupil, guardian=guardian_id).exists():
        raise NotItsGuardianError
    if guardian_id in excluded_guardians(pupil_id) or proposal_of(pupil_id).filter(guardian=guardian_id).exists():
        raise NotNeededError
    return _with_reason(actor, EventKind.EXCLUSION_PROPOSED, pupil, guardian_id, reason)


@transaction.atomic
def approve_exclusion(actor: Actor, proposal_id: UUID) -> ConsentEvent:
    """Exclude the guardian somebody else proposed to. Raises Http404, SamePersonError, AlreadyAnsweredError."""
    return _answer(actor, proposal_id, EventKind.GUARDIAN_EXCLUDED)


@transaction.atomic
def reject_exclusion(actor: Actor, proposal_id: UUID) -> ConsentEvent:
    """Leave the guardian as is. Raises as `approve_exclusion`."""
    return _answer(actor, proposal_id, EventKind.EXCLUSION_REJECTED)


@transaction.atomic
def readmit_guardian(actor: Actor, *, pupil_id: UUID, guardian_id: UUID, reason: str) -> ConsentEvent:
    """Let an excluded guardian's consents count again. Raises Http404, NotNeededError."""
    pupil = _scoped(actor, pupil_id)
    if guardian_id not in excluded_guardians(pupil_id):
        raise NotNeededError
    return _with_reason(actor, EventKind.GUARDIAN_READMITTED, pupil, guardian_id, reason)


def _speak(actor: Actor, pupil_id: UUID, kind: EventKind) -> ConsentEvent:
    pupil = _scoped(actor, pupil_id)
    if dissenting(pupil_id) == (kind == EventKind.DISSENT):
        raise NotNeededError
    return append(author(actor, Channel.SPOKEN), kind, pupil)


def _with_reason(actor: Actor, kind: EventKind, pupil: Pupil, guardian_id: UUID, reason: str) -> ConsentEvent:
    return append_sealed(author(actor, Channel.OFFICE), kind, pupil, reason, guardian_id=guardian_id)


def _answer(actor: Actor, proposal_id: UUID, kind: EventKind) -> ConsentEvent:
    proposals = ConsentEvent.objects.filter(kind=EventKind.EXCLUSION_PROPOSED, pupil__in=actor.pupils())
    proposal = get_object_or_404(proposals, pk=proposal_id)
    pupil = lock_ledger(proposal.pupil_id)
    if proposal.by_id == actor.user.pk:
        raise SamePersonError
    if ConsentEvent.objects.filter(answers=proposal).exists():
        raise AlreadyAnsweredError
    return append(author(actor, Channel.OFFICE), kind, pupil, guardian_id=proposal.guardian_id, answers=proposal)


def _scoped(actor: Actor, pupil_id: UUID) -> Pupil:
    get_object_or_404(actor.pupils(), pk=pupil_id)
    return lock_ledger(pupil_id)
