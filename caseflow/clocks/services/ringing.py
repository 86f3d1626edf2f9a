"""Ringing those on duty, rung after rung, until somebody answers."""

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.clocks.enums import Basis, Rung
from caseflow.clocks.models import DutyCall, DutyRing
from caseflow.clocks.rules import due_time, next_ring
from caseflow.clocks.selectors.deadlines import calendar_of, rule_in_force
from caseflow.clocks.selectors.duty import RINGING, whom_to_ring
from caseflow.directory.models import Membership, School
from notifications.enums import AlertKind
from notifications.rules import is_local_path
from notifications.services import alert

log = logging.getLogger(__name__)


@transaction.atomic
def call_duty(
    school: School,
    *,
    reason: str,
    url: str,
    not_for: Collection[int] = (),
    first: Rung = Rung.SCHOOL,
    at: datetime | None = None,
) -> DutyCall:
    """Ring who is on duty for the school now; the sweep rings the next rung until somebody answers.

    `reason` is a code that its room has named (`name_codes("reason", …)`), `url` the local page it is about; neither
    holds a name. `not_for` are users who must not learn of it (rule 10b), `first` is where it begins: a matter kept
    from the school begins at the district. Raises ValueError for an address that is not local.
    """
    if not is_local_path(url):
        raise ValueError(url)
    now = at or timezone.now()
    call = DutyCall.objects.create(
        reason=reason,
        school=school,
        url=url,
        started_at=now,
        first_rung=first,
        rung=first,
        next_ring_at=now,
    )
    call.kept_from.set(not_for)
    record(action="duty.called", actor_id=None, role="", obj=f"duty-call:{call.pk}", detail={"reason": reason})
    _ring(call, now)
    call.refresh_from_db()
    return call


def ring_due_calls(now: datetime) -> int:
    """Ring on for every call that nobody answered in time; returns how many rang. One that fails is logged and rings
    with the next sweep."""
    due = DutyCall.objects.filter(RINGING, next_ring_at__lte=now).select_related("school__district")
    return sum(_rings_on(call, now) for call in due.order_by("next_ring_at"))


def is_ringing(url: str) -> bool:
    """Whether a call about this page rings, and nobody has answered it."""
    return DutyCall.objects.filter(RINGING, url=url).exists()


def end_calls(url: str) -> int:
    """What the calls about this page rang for is dealt with: those that ring fall silent. Returns how many."""
    return DutyCall.objects.filter(RINGING, url=url).update(ended_at=timezone.now())


def _rings_on(call: DutyCall, now: datetime) -> bool:
    try:
        with transaction.atomic():
            return _ring(call, now)
    except Exception:
        log.exception("Duty call %s could not ring, the next sweep tries again", call.pk)
        return False


def _ring(call: DutyCall, now: datetime) -> bool:
    """Ring the next rung; False where somebody answered or another sweep was faster."""
    passed_over = {*call.kept_from.values_list("pk", flat=True), *([call.helped_by_id] if call.helped_by_id else [])}
    people = {rung: whom_to_ring(call.school, rung, at=now, not_for=passed_over) for rung in Rung}
    if not any(people.values()):  # a call is never silent: rather somebody who is away than nobody
        people = {rung: whom_to_ring(call.school, rung, at=now, not_for=passed_over, also_away=True) for rung in Rung}
    ring = next_ring(
        call.first_rung, call.rung if call.rings else None, [rung for rung, found in people.items() if found]
    )
    again = _wait(call.school, ring.term, now)
    unrung = DutyCall.objects.filter(RINGING, pk=call.pk, rings=call.rings)
    if not unrung.update(rung=ring.highest, rings=F("rings") + 1, next_ring_at=again):
        return False
    _tell(call, {rung: people[Rung(rung)] for rung in ring.rungs}, now)
    return True


def _tell(call: DutyCall, people: dict[int, list[Membership]], now: datetime) -> None:
    told = [(rung, membership) for rung, found in people.items() for membership in found]
    if not told:
        log.error("Duty call %s: nobody is on duty at school, district or region", call.pk)
    DutyRing.objects.bulk_create(
        DutyRing(call=call, membership=membership, rung=rung, number=call.rings + 1, at=now)
        for rung, membership in told
    )
    alert(
        recipients=[(membership.user_id, membership.pk) for _rung, membership in told],
        kind=AlertKind.DUTY_CALL,
        params={"reason": call.reason, "school": call.school.names},
        url=reverse("clocks:call", args=[call.pk]),
    )
    detail = {"rungs": sorted(people), "people": len(told)}
    record(action="duty.rung", actor_id=None, role="", obj=f"duty-call:{call.pk}", detail=detail)


def _wait(school: School, code: str, now: datetime) -> datetime:
    rule = rule_in_force(code, timezone.localdate(now))
    return due_time(now, rule.amount, rule.unit, rule.basis, calendar_of(school, Basis(rule.basis), now))
