"""Looking at a clip: pixelated whoever decides may, not pixelated with a reason and for a quarter of an hour."""

from typing import TYPE_CHECKING, cast
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

if TYPE_CHECKING:
    from caseflow.records.models import DataKey

SALT = "clip not pixelated"


def open_covered(actor: Actor, clip_id: UUID, *, begins: bool = True) -> bytes:
    """The pixelated clip (WebM); who looks is recorded when it `begins`, not for each later part a browser asks for.

    Raises IncidentClip.DoesNotExist, VaultError.
    """
    clip = _looked_at(actor, clip_id, ClipAct.LOOKED, begins=begins)
    return _content(clip, clip.covered_file)


@transaction.atomic
def sharpen(actor: Actor, clip_id: UUID, reason: str) -> str:
    """A pass to the clip without pixelation, for this user and a quarter of an hour; why they ask is recorded.

    Raises IncidentClip.DoesNotExist, ClipRefusedError("short_reason").
    """
    said = required_reason(reason)
    clip = _ready(actor, clip_id)
    log_clip(clip, ClipAct.ASKED, actor, said)
    return signing.dumps([str(clip.pk), actor.user.pk, actor.role], salt=SALT)


def open_sharp(actor: Actor, clip_id: UUID, given: str, *, begins: bool = True) -> bytes:
    """The clip without pixelation (WebM), by a pass from `sharpen`; each look is recorded as in `open_covered`.

    Raises IncidentClip.DoesNotExist, also for a pass that is too old or of somebody else; VaultError.
    """
    try:
        passed = signing.loads(given, salt=SALT, max_age=SHARP_FOR_S)
    except signing.BadSignature as error:
        raise IncidentClip.DoesNotExist from error
    if passed != [str(clip_id), actor.user.pk, actor.role]:
        raise IncidentClip.DoesNotExist
    clip = _looked_at(actor, clip_id, ClipAct.SHARPENED, begins=begins)
    return _content(clip, clip.sharp_file)


@transaction.atomic
def _looked_at(actor: Actor, clip_id: UUID, act: ClipAct, *, begins: bool) -> IncidentClip:
    clip = _ready(actor, clip_id)
    if begins:
        log_clip(clip, act, actor)
    return clip


def _ready(actor: Actor, clip_id: UUID) -> IncidentClip:
    return scoped_clips(actor).get(pk=clip_id, state=ClipState.READY)


def _content(clip: IncidentClip, name: str) -> bytes:
    return read_file(cast("DataKey", clip.key), name)  # a clip that is ready has its key
