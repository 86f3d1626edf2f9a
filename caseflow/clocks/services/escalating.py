"""A missed clock climbs its ladder, a step at a time, and each step tells its people once."""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from caseflow.clocks.matters import steps
from caseflow.clocks.models import Clock, Escalation, EscalationStep
from caseflow.clocks.rules import steps_reached
from caseflow.clocks.selectors.escalation import Rise, ladder_of
from caseflow.clocks.services.telling import Pair, tell_of_deadline
from caseflow.clocks.watchers import Said, Told, finders_of
from notifications.enums import AlertKind

if TYPE_CHECKING:
    from notifications.texts import Params

log = logging.getLogger(__name__)


def climb_ladders(now: datetime) -> int:
    """Let every missed clock climb the steps that are due; returns how many steps.

    Each step is reached once, by a conditional UPDATE, in one transaction with what is told. After downtime no step is
    left out, but a person is told once however many steps name them. A step at which nobody is found gives way to the
    next one at once. The room of what the clock is for writes each step down (`matters.steps`). What fails is taken
    back for this clock alone, and the next sweep tries again.
    """
    missed = Q(next_step_at=None, escalation_step=0, due_at__lt=now) | Q(next_step_at__lte=now)
    ripe = Clock.objects.filter(missed, stopped_at=None, code__in=EscalationStep.objects.values("code"))
    return sum(_climbs(clock, now) for clock in ripe.select_related("school__district", "region"))


def _climbs(clock: Clock, now: datetime) -> int:
    try:
        with transaction.atomic():
            return _climb(clock, now)
    except Exception:
        log.exception("Clock %s could not climb, the next sweep tries again", clock.pk)
        return 0


def _climb(clock: Clock, now: datetime) -> int:
    ladder, done = ladder_of(clock), clock.escalation_step
    reached, next_at = steps_reached([rise.due_at for rise in ladder], now)
    people = _people(clock, ladder[done:reached])
    while reached > done and not people and reached < len(ladder):
        reached += 1
        next_at = ladder[reached].due_at if reached < len(ladder) else None
        people = _people(clock, ladder[done:reached])
    if reached == done:
        Clock.objects.filter(pk=clock.pk, stopped_at=None, escalation_step=done).update(next_step_at=next_at)
        return 0
    if not all(_steps_up(clock, step, next_at) for step in range(done, reached)):
        return 0
    for number, rise in enumerate(ladder[done:reached], start=done + 1):
        there = {one.target for one in people}
        told = [target for target in rise.targets if target in there]
        Escalation.objects.create(clock=clock, step=number, at=now, told=told)
        for chronicle in steps.of(clock.code):
            chronicle(clock.pk, number, told)
    _tell(clock, people)
    return reached - done


def _people(clock: Clock, rises: list[Rise]) -> list[Told]:
    targets = frozenset(target for rise in rises for target in rise.targets)
    return [told for find in finders_of(clock.code) for told in find(clock.pk, targets)] if targets else []


def _steps_up(clock: Clock, step: int, next_at: datetime | None) -> bool:
    """One step up from `step`; False where another sweep was faster or the clock was stopped meanwhile."""
    there = Clock.objects.filter(pk=clock.pk, stopped_at=None, escalation_step=step)
    return bool(there.update(escalation_step=step + 1, next_step_at=next_at))


def _tell(clock: Clock, people: list[Told]) -> None:
    once = {one.user_id: one for one in reversed(people)}
    params: Params = {"clock": clock.code, "due": clock.due_at.isoformat(), "school": clock.place.names}
    everything = Said(AlertKind.DEADLINE_MISSED, params)
    alike: list[tuple[str, Said, list[Pair]]] = []
    for one in sorted(once.values(), key=lambda one: one.url):
        said, pair = one.said or everything, (one.user_id, one.membership_id)
        if alike and alike[-1][:2] == (one.url, said):
            alike[-1][2].append(pair)
        else:
            alike.append((one.url, said, [pair]))
    for url, said, pairs in alike:
        tell_of_deadline(clock, pairs, kind=said.kind, params=said.params, url=url, besides=once)
