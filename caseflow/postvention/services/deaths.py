"""That a pupil has died is recorded by two people, since a mistake would be terrible, and can be taken back.

From the second person's word on the pupil is nowhere among those who are here: mood analysis and every use of data by
consent end at once (the gate asks the pupil), what was planned with the pupil is called off and nobody is told of it,
no deadline of the pupil's cases runs on, and nothing is written in them any more.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.services.losing import call_off_of_dead, stand_again
from caseflow.cases.models import ClosingRequest, Task
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.directory.selectors import recipients
from caseflow.postvention.enums import Who
from caseflow.postvention.models import DeathRecord, LossEvent
from caseflow.postvention.rules import LossRefused
from caseflow.postvention.selectors.events import DEATH, standing_death
from caseflow.postvention.selectors.people import at_school, leads
from caseflow.postvention.services.holding import hold_counselled, hold_even_closed, log, said
from caseflow.postvention.services.opening import page_of
from caseflow.protocols.models import FlowStep
from caseflow.records.vault import seal, where
from notifications.services import alert


@transaction.atomic
def record_death(actor: Actor, event_id: UUID, *, words: str) -> DeathRecord:
    """Record that the pupil of the event has died, and how that is known; nothing follows until another confirms it.

    The day is the event's. Raises LossEvent.DoesNotExist, LossRefused (no pupil has died, recorded already, no words).
    """
    event = hold_counselled(actor, event_id)
    if event.who != Who.PUPIL or event.pupil is None:
        raise LossRefused(gettext("No pupil has died in this event."))
    if standing_death(event).exists():
        raise LossRefused(gettext("This has been recorded already."))
    known = said(words)
    record = DeathRecord(
        event=event, pupil=event.pupil, died_on=event.died_on, recorded_at=timezone.now(), recorded_by=actor.user
    )
    record.words_sealed = seal(event.data_key, known, where(DEATH, record.pk, "words"))
    record.save(force_insert=True)
    log(actor, "death_recorded", event)
    _ask_others(actor, event)
    return record


@transaction.atomic
def confirm_death(actor: Actor, event_id: UUID) -> DeathRecord:
    """Confirm what another person recorded. Raises LossEvent.DoesNotExist, LossRefused (nothing to confirm, recorded by
    the same person)."""
    event = hold_counselled(actor, event_id)
    record = standing_death(event).filter(confirmed_at=None).first()
    if record is None:
        raise LossRefused(gettext("Nothing waits for a second person."))
    if record.recorded_by_id == actor.user.pk:
        raise LossRefused(gettext("Another person confirms than the one who recorded it."))
    now = timezone.now()
    record.confirmed_at, record.confirmed_by = now, actor.user
    record.save(update_fields=["confirmed_at", "confirmed_by"])
    _mark(record, record.died_on)
    _clocks_of(record.pupil_id).filter(stopped_at=None).update(stopped_at=now)
    call_off_of_dead(actor, record.pupil_id, now)
    log(actor, "death_confirmed", event)
    return record


@transaction.atomic
def undo_death(actor: Actor, event_id: UUID, *, reason: str) -> DeathRecord:
    """Take back that the pupil has died, for a reason: what it ended goes on, the deadlines where they stood.

    One person may, at once, also when the event is closed: to leave it standing by mistake would do more harm.
    Raises LossEvent.DoesNotExist, LossRefused (nothing stands, no reason).
    """
    event = hold_even_closed(actor, event_id)
    record = standing_death(event).first()
    if record is None:
        raise LossRefused(gettext("Nothing of the kind is recorded."))
    why = said(reason)
    record.undone_at, record.undone_by = timezone.now(), actor.user
    record.undo_reason_sealed = seal(event.data_key, why, where(DEATH, record.pk, "undo_reason"))
    record.save(update_fields=["undone_at", "undone_by", "undo_reason_sealed"])
    if record.confirmed_at is not None:
        _mark(record, None)
        stand_again(actor, record.pupil_id, record.confirmed_at, record.undone_at)
        _clocks_of(record.pupil_id).filter(stopped_at=record.confirmed_at).update(stopped_at=None)
    log(actor, "death_undone", event)
    return record


def _mark(record: DeathRecord, died_on: date | None) -> None:
    Pupil.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=record.pupil_id)
    Pupil.objects.filter(pk=record.pupil_id).update(died_on=died_on)


def _clocks_of(pupil_id: UUID) -> QuerySet[Clock]:
    """The deadlines of the pupil's cases. Those of the law, of incidents and of queues, are not among them."""
    tasks = Task.objects.filter(case__pupil=pupil_id, done_at=None).values("clock")
    steps = FlowStep.objects.filter(flow__case__pupil=pupil_id, done_at=None).values("clock")
    endings = ClosingRequest.objects.filter(case__pupil=pupil_id).values("clock")
    found = Clock.objects.filter(pk__in=tasks) | Clock.objects.filter(pk__in=steps)
    return found | Clock.objects.filter(pk__in=endings)


def _ask_others(actor: Actor, event: LossEvent) -> None:
    others = recipients(at_school(event, Role.PSYCHOLOGIST)) + recipients(leads(event))
    told = {pair[0]: pair for pair in others if pair[0] != actor.user.pk}
    params = {"school": event.school.names}
    alert(recipients=list(told.values()), kind="death_to_confirm", params=params, url=page_of(event))
