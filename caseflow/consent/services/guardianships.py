"""The office ends a guardianship, by a decision of a court for one, or takes it up again."""

from datetime import date

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from caseflow.consent.enums import Channel, EventKind
from caseflow.consent.errors import LastDayError, NotNeededError
from caseflow.consent.models import ConsentEvent, Invitation
from caseflow.consent.selectors.guardianships import office_guardianships
from caseflow.consent.services.ledger import append_sealed, author, lock_ledger
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian, Guardianship, Pupil
from caseflow.directory.services.guardianships import (
    close_guardianship,
    end_portal,
    give_portal,
    reopen_guardianship,
    stands_for_nobody,
)


@transaction.atomic
def end_guardianship(actor: Actor, guardianship_id: int, *, last_day: date, ground: str) -> ConsentEvent:
    """End a guardianship with `last_day`, today or earlier. The guardian loses the child in the portal at once.

    A guardian with no child left loses the portal and an open code. What becomes of consents and refusals on the last
    day and after it, `rules.gate_state` says; what rested on the consents alone is erased as after a withdrawal.
    Raises Http404, LastDayError, NotNeededError (has an end already).
    """
    guardianship, pupil = _locked(actor, guardianship_id)
    if not guardianship.starts_on <= last_day <= timezone.localdate():
        raise LastDayError
    if not close_guardianship(guardianship, last_day=last_day):
        raise NotNeededError
    _end_codes(guardianship.guardian)
    end_portal(actor, guardianship.guardian)
    by, kind = author(actor, Channel.OFFICE), EventKind.GUARDIANSHIP_ENDED
    return append_sealed(by, kind, pupil, ground, guardian_id=guardianship.guardian_id, last_day=last_day)


@transaction.atomic
def resume_guardianship(actor: Actor, guardianship_id: int, *, ground: str) -> ConsentEvent:
    """Take back that a guardianship was ended: portal, consents and refusals count again from now on.

    Raises Http404, NotNeededError (the office has not ended it).
    """
    guardianship, pupil = _locked(actor, guardianship_id)
    stood_for_nobody = stands_for_nobody(guardianship.guardian_id)
    if not reopen_guardianship(guardianship):
        raise NotNeededError
    if stood_for_nobody:  # otherwise somebody else has taken the role away, and it stays so
        give_portal(actor, guardianship.guardian)
    by, kind = author(actor, Channel.OFFICE), EventKind.GUARDIANSHIP_RESUMED
    return append_sealed(by, kind, pupil, ground, guardian_id=guardianship.guardian_id)


def _locked(actor: Actor, guardianship_id: int) -> tuple[Guardianship, Pupil]:
    guardianship = get_object_or_404(office_guardianships(actor), pk=guardianship_id)
    return guardianship, lock_ledger(guardianship.pupil_id)


def _end_codes(guardian: Guardian) -> None:
    """Before the guardian is locked, as `invitations.redeem` locks a code and then its guardian."""
    if stands_for_nobody(guardian.pk):
        now = timezone.now()
        Invitation.objects.filter(guardian=guardian, used_at=None, expires_at__gt=now).update(expires_at=now)
