"""The clocks of steps: who is reminded, and who hears of a missed one."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from caseflow.clocks.matters import Look, Matter
from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.clocks.watchers import Told
from caseflow.directory.actors import Actor
from caseflow.directory.selectors import recipients
from caseflow.postvention.models import LossStep
from caseflow.postvention.selectors.people import Pairs, doers_of, leads, leads_of_region
from caseflow.postvention.selectors.scope import scoped_losses
from caseflow.postvention.services.opening import page_of
from caseflow.protocols.enums import Doer
from notifications.enums import AlertKind

AROUND = ("step", "clock", "event__school__district", "event__pupil", "event__data_key")


def remind_of_step(clock_ids: list[UUID]) -> None:
    """Remind whoever has a step that is nearly due; the ladder tells of a missed one."""
    for step in _waiting().filter(clock__in=clock_ids, clock__escalated_at=None):
        event = step.event
        tell_of_deadline(
            step.clock,
            doers_of(step),
            kind=AlertKind.DEADLINE_NEAR,
            params={"clock": step.clock.code, "due": step.clock.due_at.isoformat(), "school": event.school.names},
            url=page_of(event),
        )


def targets_of_step(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Those of `targets` who hear that a step was missed."""
    return [
        Told(target, user, membership, page_of(step.event))
        for step in _waiting().filter(clock=clock_id)
        for target in sorted(targets & TARGETS.keys())
        for user, membership in TARGETS[target](step)
    ]


def matter_of_step(actor: Actor, clock_id: UUID) -> Matter | None:
    """The event behind the clock, for whoever may open it; a step after a loss is neither paused nor extended."""
    step = _waiting().filter(clock=clock_id, event__in=scoped_losses(actor).values("pk")).first()
    if step is None:
        return None
    event = step.event
    title = gettext("A step after a loss")
    return Matter(title, page_of(event), event.data_key, may_change=False, pupil_id=event.pupil_id)


def looks_at_steps(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who has the steps of these clocks, by role; the page for those who may open the event."""
    steps = list(_waiting().filter(clock__in=clock_ids))
    asked = [step.event_id for step in steps]
    open_to = set(scoped_losses(actor).filter(pk__in=asked).values_list("pk", flat=True))
    return {
        step.clock_id: Look(str(Doer(step.doer).label), page_of(step.event) if step.event_id in open_to else "")
        for step in steps
    }


def clocks_about(pupils: Collection[UUID]) -> QuerySet[Clock]:
    """The clocks of losses of these pupils."""
    return Clock.objects.filter(pk__in=LossStep.objects.filter(event__pupil__in=pupils).values("clock"))


def _waiting() -> QuerySet[LossStep]:
    return LossStep.objects.filter(done_at=None).select_related(*AROUND)


def _leads_of_district(step: LossStep) -> Pairs:
    return recipients(leads(step.event))


def _leads_of_region(step: LossStep) -> Pairs:
    return recipients(leads_of_region(step.event))


TARGETS: dict[str, Callable[[LossStep], Pairs]] = {
    "owner": doers_of,
    "district:lead_psychologist": _leads_of_district,
    "region:lead_psychologist": _leads_of_region,
}
