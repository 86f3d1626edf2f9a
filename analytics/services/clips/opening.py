"""Looking at a clip: pixelated whoever decides may, not pixelated with a reason and for a quarter of an hour."""

from uuid import UUID

from django.core import signing
from django.db import transaction

from analytics.enums import ClipAct, ClipState
from analytics.models import IncidentClip
from analytics.rules.clips import SHARP_FOR_S
from analytics.selectors.clips import scoped_clips
from analytics.services.clips.logging import log_clip, required_reason
from caseflow.directory.actors import Actor
from caseflow.records.files import read_file

SALT = "clip not pixelated"


@transaction.atomic
def open_covered(actor: Actor, clip_id: UUID) -> bytes:
    """The pixelated clip (WebM); who looked is recorded. Raises IncidentClip.DoesNotExist, VaultError."""
    clip = _ready(actor, clip_id)
    log_clip(clip, ClipAct.LOOKED, actor)
    return _content(clip, clip.covered_file)


@transaction.atomic
def sharpen(actor: Actor, clip_id: UUID, reason: str) -> str:
    """A pass to the clip without pixelation, for this user and a quarter of an hour; the reason is recorded.

    Raises IncidentClip.DoesNotExist, ClipRefusedError("short_reason").
    """
    said = required_reason(reason)
    clip = _ready(actor, clip_id)
    log_clip(clip, ClipAct.SHARPENED, actor, said)
    return signing.dumps([str(clip.pk), actor.user.pk, actor.role], salt=SALT)


def open_sharp(actor: Actor, clip_id: UUID, given: str) -> bytes:
    """The clip without pixelation (WebM), by a pass from `sharpen`.

    Raises IncidentClip.DoesNotExist, also for a pass that is too old or of somebody else; VaultError.
    """
    try:
        passed = signing.loads(given, salt=SALT, max_age=SHARP_FOR_S)
    except signing.BadSignature as error:
        raise IncidentClip.DoesNotExist from error
    if passed != [str(clip_id), actor.user.pk, actor.role]:
        raise IncidentClip.DoesNotExist
    clip = _ready(actor, clip_id)
    return _content(clip, clip.sharp_file)


def _ready(actor: Actor, clip_id: UUID) -> IncidentClip:
    return scoped_clips(actor).get(pk=clip_id, state=ClipState.READY)


def _content(clip: IncidentClip, name: str) -> bytes:
    if clip.key is None:
        raise IncidentClip.DoesNotExist
    return read_file(clip.key, name)
