"""The views that a person kept, and those that others share."""

from uuid import UUID

from django.db.models import Q, QuerySet

from caseflow.directory.actors import Actor
from caseflow.explorer.models import SavedView


def own_views(actor: Actor) -> QuerySet[SavedView]:
    """The actor's own views of the region, by name."""
    return SavedView.objects.filter(owner=actor.user, region=actor.membership.region_id).select_related("owner")


def seen_views(actor: Actor) -> QuerySet[SavedView]:
    """The actor's own views, and those that others share with the readers of the region."""
    mine_or_shared = Q(owner=actor.user) | Q(shared=True)
    return SavedView.objects.filter(mine_or_shared, region=actor.membership.region_id).select_related("owner")


def own_view(actor: Actor, pk: UUID) -> SavedView:
    """One of the actor's own. Raises SavedView.DoesNotExist."""
    return own_views(actor).get(pk=pk)
