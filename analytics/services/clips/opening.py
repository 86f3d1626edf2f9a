"""Looking at a clip of a report, for those who decide on it."""

from uuid import UUID

from analytics.selectors.clips import scoped_clips
from analytics.services.clips.looking import ask_sharp, look, look_sharp
from caseflow.directory.actors import Actor


def open_covered(actor: Actor, clip_id: UUID, *, begins: bool = True) -> bytes:
    """The pixelated clip, as `look` gives it. Raises IncidentClip.DoesNotExist, VaultError."""
    return look(actor, scoped_clips(actor), clip_id, begins=begins)


def sharpen(actor: Actor, clip_id: UUID, reason: str) -> str:
    """A pass to the clip without pixelation. Raises IncidentClip.DoesNotExist, ClipRefusedError("short_reason")."""
    return ask_sharp(actor, scoped_clips(actor), clip_id, reason)


def open_sharp(actor: Actor, clip_id: UUID, given: str, *, begins: bool = True) -> bytes:
    """The clip without pixelation, by a pass. Raises IncidentClip.DoesNotExist, VaultError."""
    return look_sharp(actor, scoped_clips(actor), clip_id, given, begins=begins)
