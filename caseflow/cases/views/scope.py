"""What is not the actor's is not there: 404. `DeniedRequests` puts it into the log that somebody asked."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse

from caseflow.directory.actors import ActorRequest

CaseView = Callable[Concatenate[ActorRequest, ...], HttpResponse]


def hides_what_is_not_yours(view: CaseView) -> CaseView:
    """Answer 404 where the view's domain call finds nothing within the actor's scope."""

    @wraps(view)
    def hiding(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing

    return hiding
