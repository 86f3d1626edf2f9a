"""Looking at a clip of any kind: pixelated whoever reaches it may, not pixelated with a reason and for a quarter of an
hour."""

from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from analytics.enums import ClipAct, ClipState
from analytics.models.sealed import SealedClip
from analytics.rules.clips import SHARP_FOR_S
from analytics.services.clips.logging import log_clip, required_reason
from caseflow.directory.actors import Actor
from caseflow.records.files import read_file

if TYPE_CHECKING:
    from caseflow.records.models import DataKey

SALT = "clip not pixelated"
Clip = TypeVar("Clip", bound=SealedClip)


def look(actor: Actor, clips: QuerySet[Clip], clip_id: UUID, *, begins: bool) -> bytes:
    """The pixelated clip (WebM) of those the actor reaches; who looks is recorded when it `begins`, not for each later
    part a browser asks for.

    Raises the model's DoesNotExist, VaultError.
    """
    clip = _looked_at(actor, clips, clip_id, ClipAct.LOOKED, begins=begins)
    return _content(clip, clip.covered_file)


@transaction.atomic
def ask_sharp(actor: Actor, clips: QuerySet[Clip], clip_id: UUID, reason: str) -> str:
    """A pass to the clip without pixelation, for this user and a quarter of an hour; why they ask is recorded.

    Raises the model's DoesNotExist, ClipRefusedError("short_reason").
    """
    said = required_reason(reason)
    clip = _ready(clips, clip_id)
    log_clip(clip, ClipAct.ASKED, actor, said)
    return signing.dumps([str(clip.pk), actor.user.pk, actor.role], salt=SALT)


def look_sharp(actor: Actor, clips: QuerySet[Clip], clip_id: UUID, given: str, *, begins: bool) -> bytes:
    """The clip without pixelation (WebM), by a pass from `ask_sharp`; each look is recorded as in `look`.

    Raises the model's DoesNotExist, also for a pass that is too old or of somebody else; VaultError.
    """
    try:
        passed = signing.loads(given, salt=SALT, max_age=SHARP_FOR_S)
    except signing.BadSignature as error:
        raise clips.model.DoesNotExist from error
    if passed != [str(clip_id), actor.user.pk, actor.role]:
        raise clips.model.DoesNotExist
    clip = _looked_at(actor, clips, clip_id, ClipAct.SHARPENED, begins=begins)
    return _content(clip, clip.sharp_file)


@transaction.atomic
def _looked_at(actor: Actor, clips: QuerySet[Clip], clip_id: UUID, act: ClipAct, *, begins: bool) -> Clip:
    clip = _ready(clips, clip_id)
    if begins:
        log_clip(clip, act, actor)
    return clip


def _ready(clips: QuerySet[Clip], clip_id: UUID) -> Clip:
    return clips.get(pk=clip_id, state=ClipState.READY)


def _content(clip: SealedClip, name: str) -> bytes:
    return read_file(cast("DataKey", clip.key), name)  # a clip that is ready has its key
