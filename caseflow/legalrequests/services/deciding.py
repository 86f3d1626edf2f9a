"""A second person approves what is given; either of the two can refuse."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.clocks.services import stop_clock
from caseflow.directory.actors import Actor
from caseflow.legalrequests.enums import State
from caseflow.legalrequests.limits import LONGEST_TERM_DAYS, TERM_DAYS
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import APPROVERS, PREPARERS, RequestRefused
from caseflow.legalrequests.services.asking import end
from caseflow.legalrequests.services.ending import tell_if_due
from caseflow.legalrequests.services.holding import hold, log_by
from caseflow.legalrequests.services.telling import tell_asker


@transaction.atomic
def approve(actor: Actor, request_id: UUID, *, seen_sha256: str, days: int = TERM_DAYS) -> LegalRequest:
    """Give the copy to whoever asked, for so many days; the family is told unless the law bars it.

    Raises LegalRequest.DoesNotExist, RequestRefused (prepared or asked by the same person, another copy than seen).
    """
    request = hold(actor, request_id, State.PREPARED)
    if actor.role not in APPROVERS or actor.user.pk in (request.prepared_by_id, request.made_by_id):
        raise RequestRefused(gettext("Two people give on a legal request. You are the first one already."))
    if request.sha256 != seen_sha256:
        raise RequestRefused(gettext("This is not what you looked at. Look at it once more."))
    if not 1 <= days <= LONGEST_TERM_DAYS:
        raise RequestRefused(gettext("It can be read for 1 to %(most)s days.") % {"most": LONGEST_TERM_DAYS})
    now = timezone.now()
    request.state, request.approved_by, request.approved_at = State.RELEASED, actor.user, now
    request.expires_at = now + timedelta(days=days)
    request.save()
    stop_clock(request.clock_id)
    tell_if_due(request)
    log_by(actor.user, actor.role, "legal_request_approved", request, sha256=request.sha256, days=days)
    tell_asker(request)
    return request


@transaction.atomic
def refuse(actor: Actor, request_id: UUID, words: str) -> LegalRequest:
    """Give nothing, and say why. Raises LegalRequest.DoesNotExist, RequestRefused."""
    own = {**dict.fromkeys(PREPARERS, State.ASKED), **dict.fromkeys(APPROVERS, State.PREPARED)}
    if actor.role not in own:
        raise RequestRefused(gettext("This is not possible here."))
    request = hold(actor, request_id, own[actor.role])
    end(actor, request, State.REFUSED, words)
    log_by(actor.user, actor.role, "legal_request_refused", request)
    tell_asker(request)
    return request
