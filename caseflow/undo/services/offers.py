"""An act is in force at once; whoever did it may take it back for a short while, if nothing has changed since.

The offer is a signed text that only the page holds: who, in which role, did what to which object, and when. It bears no
words of a person. Whether the object still is as the act left it is asked of the database when it is taken back.
"""

from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.undo.acts import is_built_on, way_back
from caseflow.undo.rules import UNDO_WITHIN, TooLateError

SALT = "caseflow.undo"


def offer(actor: Actor, kind: str, object_id: object, **facts: str) -> str:
    """The text by which the actor may take back what they have just done, within 15 seconds."""
    said = {
        "kind": kind,
        "object": str(object_id),
        "facts": facts,
        "membership": actor.membership.pk,
        "at": timezone.now().isoformat(),
    }
    return signing.dumps(said, salt=SALT, compress=True)


@transaction.atomic
def take_back(actor: Actor, offered: str) -> str:
    """Put back what stood before the act, and return the address to go on at.

    Raises TooLateError: too late, somebody else's or in another role, changed since, or no offer of ours.
    """
    said = _read(offered)
    age = timezone.now() - datetime.fromisoformat(said["at"])
    if age > UNDO_WITHIN or said["membership"] != actor.membership.pk or is_built_on(said["kind"], said["object"]):
        raise TooLateError
    try:
        return way_back(said["kind"])(actor, said["object"], said["facts"])
    except ObjectDoesNotExist as gone:
        raise TooLateError from gone


def _read(offered: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(offered, salt=SALT)
    except signing.BadSignature as wrong:
        raise TooLateError from wrong
    return said
