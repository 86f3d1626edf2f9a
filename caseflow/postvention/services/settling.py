"""The steps of a checklist are done, or found not to apply; then the event is closed."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from caseflow.clocks.services import stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.selectors import recipients
from caseflow.postvention.models import LossEvent, LossStep
from caseflow.postvention.rules import LossRefused
from caseflow.postvention.selectors.events import EVENT, STEP, may_settle
from caseflow.postvention.selectors.people import leads
from caseflow.postvention.selectors.scope import scoped_losses
from caseflow.postvention.services.holding import hold_counselled, hold_event, log, said
from caseflow.postvention.services.opening import page_of
from caseflow.records.vault import seal, where
from notifications.services import alert


@transaction.atomic
def do_step(actor: Actor, step_id: UUID, *, proof: str) -> LossStep:
    """Record that a step is done, in words.

    Raises LossStep.DoesNotExist outside the scope, LossRefused (settled, closed, another's step, no words).
    """
    return _settle(actor, _hold(actor, step_id), proof, waived=False)


@transaction.atomic
def waive_step(actor: Actor, step_id: UUID, *, reason: str) -> LossStep:
    """Record why a step does not apply: the family wishes otherwise, or there is nothing to do it for.

    Raises LossStep.DoesNotExist, LossRefused (settled, closed, another's step, no reason).
    """
    return _settle(actor, _hold(actor, step_id), reason, waived=True)


@transaction.atomic
def close_event(actor: Actor, event_id: UUID, *, reason: str) -> LossEvent:
    """Close an event of which every step is settled.

    Raises LossEvent.DoesNotExist, LossRefused (steps open, no words).
    """
    event = hold_counselled(actor, event_id)
    words = said(reason)
    waiting = event.steps.filter(done_at=None).count()
    if waiting:
        message = ngettext("%(number)s step is open.", "%(number)s steps are open.", waiting)
        raise LossRefused(message % {"number": waiting})
    event.closing_sealed = seal(event.data_key, words, where(EVENT, event.pk, "closing"))
    event.closed_at, event.closed_by = timezone.now(), actor.user
    event.save(update_fields=["closing_sealed", "closed_at", "closed_by"])
    log(actor, "loss_closed", event)
    return event


@transaction.atomic
def ask_for_help(actor: Actor, event_id: UUID, *, reason: str) -> LossEvent:
    """Ask the district to stand in: the leads are told at once and have the psychologists' steps from now on.

    A psychologist who is affected needs to say no more than that; the reason may be empty. Raises
    LossEvent.DoesNotExist, LossRefused (closed, asked already, nobody above).
    """
    event = hold_counselled(actor, event_id)
    if event.help_asked_at is not None:
        raise LossRefused(gettext("The district has been asked already."))
    above = [pair for pair in recipients(leads(event)) if pair[0] != actor.user.pk]
    if not above:
        raise LossRefused(gettext("Nobody leads the psychologists of this district. Call the region."))
    event.help_asked_at, event.help_asked_by = timezone.now(), actor.user
    event.help_reason_sealed = seal(event.data_key, reason.strip(), where(EVENT, event.pk, "help_reason"))
    event.save(update_fields=["help_asked_at", "help_asked_by", "help_reason_sealed"])
    log(actor, "loss_help_asked", event)
    params = {"school": event.school.names}
    alert(recipients=above, kind="loss_help_asked", params=params, url=page_of(event))
    return event


@transaction.atomic
def take_help(actor: Actor, event_id: UUID) -> LossEvent:
    """A lead says that they stand in. Raises LossEvent.DoesNotExist, LossRefused (nobody asked, taken already)."""
    event = hold_counselled(actor, event_id)
    is_lead = recipients(leads(event).filter(pk=actor.membership.pk))
    if event.help_asked_at is None or event.help_taken_at is not None or not is_lead:
        raise LossRefused(gettext("Nobody waits for you to stand in."))
    event.help_taken_at, event.help_taken_by = timezone.now(), actor.user
    event.save(update_fields=["help_taken_at", "help_taken_by"])
    log(actor, "loss_help_taken", event)
    return event


def _hold(actor: Actor, step_id: UUID) -> LossStep:
    in_reach = LossStep.objects.filter(event__in=scoped_losses(actor).values("pk"))
    event = hold_event(actor, in_reach.only("event_id").get(pk=step_id).event_id)
    step = LossStep.objects.select_related("step").get(pk=step_id)
    step.event = event
    if step.done_at is not None:
        raise LossRefused(gettext("This step has been settled already."))
    if not may_settle(actor, step):
        raise LossRefused(gettext("This step is the psychologist's."))
    return step


def _settle(actor: Actor, step: LossStep, words: str, *, waived: bool) -> LossStep:
    event, now = step.event, timezone.now()
    if not words.strip():
        raise LossRefused(gettext("Write what was done and when."))
    step.done_at, step.done_by, step.waived = now, actor.user, waived
    step.proof_sealed = seal(event.data_key, words.strip(), where(STEP, step.pk, "proof"))
    step.save(update_fields=["done_at", "done_by", "waived", "proof_sealed"])
    stop_clock(step.clock_id, now)
    log(actor, "loss_step_waived" if waived else "loss_step_done", event, step=str(step.pk))
    return step
