"""Whose figures somebody reads."""

from django.http import Http404

from caseflow.directory.actors import ActorRequest
from caseflow.directory.models import Region


def region_or_404(request: ActorRequest) -> Region:
    """The region of the acting membership."""
    region = request.actor.membership.region
    if region is None:
        raise Http404
    return region
