"""What follows from a referral that was sent. Higher rooms say so; this room only knows their names."""

from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from caseflow.directory.actors import Actor

if TYPE_CHECKING:
    from caseflow.referrals.models import Referral

_sent: dict[str, None] = {}


def follow_sent(dotted: str) -> None:
    """Have `dotted`, a callable `(actor: Actor, referral: Referral)`, called for each referral that is sent.

    It is called inside the transaction in which the referral is sent, with the case locked.
    """
    _sent[dotted] = None


def sent(actor: Actor, referral: "Referral") -> None:
    """Tell those who follow."""
    for dotted in _sent:
        import_string(dotted)(actor, referral)
