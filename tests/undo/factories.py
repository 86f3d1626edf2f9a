"""Offers of undo, as a page holds them."""

from typing import Any

from django.contrib.messages import get_messages
from django.core import signing
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.undo.rules import UNDO_WITHIN
from caseflow.undo.services import offer, take_back
from caseflow.undo.services.offers import SALT


def undone(actor: Actor, kind: str, object_id: object, **facts: Any) -> str:
    """Take an act back at once, by its own offer."""
    said = {name: value if isinstance(value, str) else value.isoformat() for name, value in facts.items()}
    return take_back(actor, offer(actor, kind, object_id, **said))


def grown_old(offered: str) -> str:
    """The same offer, as one holds it a moment after the time for it is over."""
    said = signing.loads(offered, salt=SALT)
    long_ago = timezone.now() - UNDO_WITHIN * 1.1
    return signing.dumps(said | {"at": long_ago.isoformat()}, salt=SALT)


def offer_in(answer: Any) -> str:
    """The offer beside the one thing that a page says next."""
    (message,) = get_messages(answer.wsgi_request)
    return str(message.extra_tags)
