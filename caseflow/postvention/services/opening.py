"""An event of loss begins: its checklist gets its clocks, and those who have the first steps are told."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.clocks.enums import Basis
from caseflow.clocks.rules import due_time
from caseflow.clocks.selectors import calendar_of
from caseflow.clocks.services import start_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.directory.selectors import recipients
from caseflow.postvention.enums import Manner, Occasion, Who
from caseflow.postvention.models import LossEvent, LossStep
from caseflow.postvention.rules import AROUND_A_LOSS, LONGEST_NAME, LossRefused, next_days, wrong_manner
from caseflow.postvention.selectors.events import EVENT, STEP
from caseflow.postvention.selectors.people import at_school, leads
from caseflow.postvention.services.holding import hold_counselled, log, said
from caseflow.protocols.enums import Missed
from caseflow.protocols.models import AFTER_LOSS
from caseflow.protocols.selectors.protocols import version_in_force
from caseflow.records.vault import new_key, seal, where
from notifications.services import alert

CODES = {Missed.CLIMB.value: "loss_step", Missed.AT_ONCE.value: "loss_step_urgent"}
DAY_CODE = "loss_day"
MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Loss:
    """What is known when an event is opened. `pupil_id`: who has died, or whose parent; `name` of anybody else."""

    school_id: int
    who: str
    died_on: date
    pupil_id: UUID | None = None
    name: str = ""
    manner: str = Manner.NOT_SAID
    said_by: str = ""


@transaction.atomic
def open_event(actor: Actor, loss: Loss) -> LossEvent:
    """Open an event of loss for a school; every step of the checklist in force gets its clock.

    Psychologists, head and leads of the school are told, without a name. Raises School.DoesNotExist and
    Pupil.DoesNotExist outside the actor's scope, LossRefused (a day to come, a manner that nobody says, nobody named,
    an open event of the same pupil).
    """
    if actor.role not in AROUND_A_LOSS:
        raise School.DoesNotExist
    school = actor.schools().select_related("district").get(pk=loss.school_id)
    pupil = _pupil(actor, school, loss)
    _refuse_wrong(loss, pupil)
    now = timezone.now()
    event = LossEvent(
        school=school,
        who=loss.who,
        pupil=pupil,
        died_on=loss.died_on,
        manner=loss.manner,
        said_by=loss.said_by,
        version=version_in_force(AFTER_LOSS, school),
        data_key=new_key("loss"),
        opened_at=now,
        opened_by=actor.user,
    )
    event.name_sealed = seal(event.data_key, loss.name.strip(), where(EVENT, event.pk, "name"))
    event.save(force_insert=True)
    _give_steps(event)
    born = pupil.birth_date if pupil and loss.who == Who.PUPIL else None
    for occasion, day in next_days(loss.died_on, born, timezone.localdate()):
        _give_day(event, occasion, day, "")
    log(actor, "loss_opened", event, who=loss.who)
    _tell(actor, event)
    return event


@transaction.atomic
def add_day(actor: Actor, event_id: UUID, *, day: date, label: str) -> LossStep:
    """Add a day on which the loss comes back: the last bell, a holiday, a match.

    Raises LossEvent.DoesNotExist, LossRefused (closed, a day that is over, no label).
    """
    event = hold_counselled(actor, event_id)
    named = said(label)[:LONGEST_NAME]
    if day <= timezone.localdate():
        raise LossRefused(gettext("Choose a day that is still to come."))
    step = _give_day(event, Occasion.OTHER, day, named)
    log(actor, "loss_day_added", event, day=day.isoformat())
    return step


def _pupil(actor: Actor, school: School, loss: Loss) -> Pupil | None:
    """The pupil whom the event is about; locked, so that two open no event of the same one."""
    if loss.who == Who.STAFF or loss.pupil_id is None:
        return None
    return actor.pupils().select_for_update(of=("self",), no_key=True).filter(school=school).get(pk=loss.pupil_id)


def _refuse_wrong(loss: Loss, pupil: Pupil | None) -> None:
    if loss.died_on > timezone.localdate():
        raise LossRefused(gettext("The day lies in the future."))
    if wrong_manner(loss.manner, loss.said_by):
        raise LossRefused(gettext("Say whether the family or an authority says so; the school does not say it itself."))
    if loss.who != Who.STAFF and pupil is None:
        raise LossRefused(gettext("Choose the pupil."))
    if loss.who != Who.PUPIL and not loss.name.strip():
        raise LossRefused(gettext("Write who has died."))
    if loss.who == Who.PUPIL and LossEvent.objects.filter(pupil=pupil, who=Who.PUPIL, closed_at=None).exists():
        raise LossRefused(gettext("There is an open event for this pupil already."))


def _give_steps(event: LossEvent) -> None:
    for step in event.version.steps.all():
        calendar = calendar_of(event.school, Basis(step.basis), event.opened_at)
        due = due_time(event.opened_at, step.amount, step.unit, step.basis, calendar)
        clock = start_clock(CODES[step.missed], event.school, event.opened_at, due_at=due)
        LossStep.objects.create(event=event, step=step, clock=clock)


def _give_day(event: LossEvent, occasion: Occasion, day: date, label: str) -> LossStep:
    """A clock that ends on the morning of the day: what is prepared is prepared before it."""
    now = timezone.now()
    due = datetime.combine(day, MORNING, timezone.get_default_timezone())
    step = LossStep(event=event, occasion=occasion, day=day)
    step.clock = start_clock(DAY_CODE, event.school, now, due_at=max(due, now))
    step.label_sealed = seal(event.data_key, label, where(STEP, step.pk, "label"))
    step.save(force_insert=True)
    return step


def _tell(actor: Actor, event: LossEvent) -> None:
    here = recipients(at_school(event, Role.PSYCHOLOGIST, Role.PRINCIPAL))
    told = {user: pair for pair in here + recipients(leads(event)) if (user := pair[0]) != actor.user.pk}
    alert(
        recipients=list(told.values()),
        kind="loss_opened",
        params={"school": event.school.names},
        url=page_of(event),
    )


def page_of(event: LossEvent) -> str:
    """Where the event is worked on."""
    return reverse("postvention:event", args=[event.pk])
