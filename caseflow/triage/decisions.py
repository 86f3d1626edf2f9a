"""What a room does when one of its items was decided, or waits again since that was taken back."""

from collections.abc import Callable

from django.utils.module_loading import import_string

from caseflow.triage.models import TriageItem

Follower = Callable[[TriageItem], object]
_followers: dict[str, str] = {}


def register(kind: str, dotted: str) -> None:
    """Have `dotted`, a callable of the item as it stands then, called inside the transaction for items of `kind`."""
    _followers[kind] = dotted


def follow(item: TriageItem) -> None:
    """Let the item's room follow its decision, or the undoing of it."""
    if item.kind in _followers:
        follower: Follower = import_string(_followers[item.kind])
        follower(item)
