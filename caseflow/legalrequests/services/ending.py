"""Terms that are over: copies are destroyed, and families told once nothing bars it any more."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from caseflow.legalrequests.enums import State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.services.asking import destroy_copy
from caseflow.legalrequests.services.holding import log_by
from caseflow.legalrequests.services.telling import tell_family

logger = logging.getLogger(__name__)


def sweep_legal_requests(now: datetime | None = None) -> int:
    """Destroy every copy whose term is over and tell every family that may be told; returns how many.

    One that fails is logged and tried again by the next sweep.
    """
    moment = now or timezone.now()
    over = LegalRequest.objects.filter(state=State.RELEASED, expires_at__lte=moment)
    today = timezone.localdate(moment)
    untold = LegalRequest.objects.filter(approved_at__isnull=False, told_at=None)
    due = untold.filter(Q(barred_until=None) | Q(barred_until__lt=today))
    done = sum(_safely(pk, moment, _end) for pk in list(over.values_list("pk", flat=True)))
    return done + sum(_safely(pk, moment, _tell) for pk in list(due.values_list("pk", flat=True)))


def tell_if_due(request: LegalRequest, now: datetime | None = None) -> bool:
    """Tell the family unless that is barred still, or done; the caller holds the request."""
    moment = now or timezone.now()
    barred = request.barred_until is not None and request.barred_until >= timezone.localdate(moment)
    if barred or request.told_at or request.case is None:
        return False
    request.told_at = moment
    request.save(update_fields=["told_at"])
    log_by(None, "", "legal_request_told", request, people=tell_family(request, request.case.pupil))
    return True


def _safely(pk: UUID, now: datetime, act: Callable[[LegalRequest, datetime], bool]) -> bool:
    try:
        with transaction.atomic():
            held = LegalRequest.objects.select_for_update(of=("self",)).select_related("case__pupil", "snapshot_key")
            return act(held.get(pk=pk), now)
    except Exception:
        logger.exception("Legal request %s: the next sweep tries again", pk)
        return False


def _end(request: LegalRequest, now: datetime) -> bool:
    if request.state != State.RELEASED:
        return False
    request.state, request.ended_at = State.ENDED, now
    destroy_copy(request)
    request.save()
    log_by(None, "", "legal_snapshot_erased", request)
    return True


def _tell(request: LegalRequest, now: datetime) -> bool:
    return tell_if_due(request, now)
