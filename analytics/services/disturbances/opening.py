"""Looking at the clip of a disturbance; the first look gives it its place of the day for good."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from analytics.enums import ClipState
from analytics.models import Disturbance
from analytics.selectors.disturbances import scoped_disturbances
from analytics.services.clips.looking import ask_sharp, look, look_sharp
from caseflow.directory.actors import Actor


def open_covered(actor: Actor, clip_id: UUID, *, begins: bool = True) -> bytes:
    """The pixelated clip, as `look` gives it. Raises Disturbance.DoesNotExist, VaultError."""
    with transaction.atomic():
        _settle(actor, clip_id)
        return look(actor, scoped_disturbances(actor), clip_id, begins=begins)


@transaction.atomic
def sharpen(actor: Actor, clip_id: UUID, reason: str) -> str:
    """A pass to the clip without pixelation. Raises Disturbance.DoesNotExist, ClipRefusedError("short_reason")."""
    _settle(actor, clip_id)
    return ask_sharp(actor, scoped_disturbances(actor), clip_id, reason)


def open_sharp(actor: Actor, clip_id: UUID, given: str, *, begins: bool = True) -> bytes:
    """The clip without pixelation, by a pass. Raises Disturbance.DoesNotExist, VaultError."""
    return look_sharp(actor, scoped_disturbances(actor), clip_id, given, begins=begins)


def _settle(actor: Actor, clip_id: UUID) -> None:
    """Raises Disturbance.DoesNotExist outside the scope, or where the clip gave way a moment ago."""
    found = scoped_disturbances(actor).get(pk=clip_id)
    ready = Disturbance.objects.filter(pk=found.pk, state=ClipState.READY)
    ready.filter(looked_at=None).update(looked_at=timezone.now())
