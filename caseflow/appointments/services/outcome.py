"""What became of an appointment. An answer is final, and it stands in the case to which the appointment belongs."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.enums import AppointmentState, CalledOffBy, Reach
from caseflow.appointments.models import Appointment, Participant, Reminder
from caseflow.appointments.rules import AppointmentRefused, may_become
from caseflow.appointments.services.locking import hold_appointment, log
from caseflow.appointments.services.writing import seal_words
from caseflow.appointments.texts import HELD, NOT_COME
from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case
from caseflow.cases.services import add_system_entry
from caseflow.directory.actors import Actor


@transaction.atomic
def record_held(actor: Actor, appointment_id: UUID, *, absent: Collection[UUID] = (), reason: str = "") -> Appointment:
    """It took place; `absent` are the participants who did not come to it.

    Raises Appointment.DoesNotExist outside the actor's scope, Participant.DoesNotExist for one of another appointment,
    AppointmentRefused (not begun yet, answered already).
    """
    appointment = _answered(actor, appointment_id, AppointmentState.HELD, reason)
    _mark_absent(appointment, absent)
    log(actor, "appointment_held", appointment, absent=len(absent))
    _chronicle(actor, appointment)
    return appointment


@transaction.atomic
def record_not_come(
    actor: Actor, appointment_id: UUID, *, absent: Collection[UUID] = (), reason: str = ""
) -> Appointment:
    """It did not take place, since the participants in `absent` did not come: all of them where none is named.

    Raises as `record_held`.
    """
    appointment = _answered(actor, appointment_id, AppointmentState.NOT_COME, reason)
    everybody = appointment.participants.values_list("pk", flat=True)
    _mark_absent(appointment, absent or set(everybody))
    log(actor, "appointment_not_come", appointment, absent=len(absent))
    _chronicle(actor, appointment)
    return appointment


@transaction.atomic
def call_off(
    actor: Actor, appointment_id: UUID, *, by: CalledOffBy, reason: str = "", reach: Reach = Reach.ONE
) -> Appointment:
    """It does not take place, and somebody said so; nobody is reminded of it. With `FOLLOWING` those after it in its
    series do not either.

    Raises Appointment.DoesNotExist outside the actor's scope, AppointmentRefused (answered already).
    """
    appointment, now = hold_appointment(actor, appointment_id), timezone.now()
    refuse_unless(appointment, AppointmentState.CALLED_OFF, now)
    later = Appointment.objects.filter(
        series__isnull=False,
        series=appointment.series_id,
        starts_at__gt=appointment.starts_at,
        state=AppointmentState.PLANNED,
    )
    carried = list(later.select_related("case", "data_key")) if reach is Reach.FOLLOWING else []
    off = [_answer(actor, each, AppointmentState.CALLED_OFF, reason, by, now) for each in (appointment, *carried)]
    for each in off:
        log(actor, "appointment_called_off", each, by=by)
    return appointment


def refuse_unless(appointment: Appointment, target: AppointmentState, now: datetime) -> None:
    """Raise AppointmentRefused unless the appointment may become `target` now."""
    if may_become(appointment.state, target, starts_at=appointment.starts_at, now=now):
        return
    if appointment.is_planned:
        raise AppointmentRefused(gettext("This appointment has not begun yet."))
    state = {"state": appointment.get_state_display()}
    raise AppointmentRefused(gettext("What became of this appointment has been said already: %(state)s.") % state)


def _answered(actor: Actor, appointment_id: UUID, state: AppointmentState, reason: str) -> Appointment:
    appointment, now = hold_appointment(actor, appointment_id), timezone.now()
    refuse_unless(appointment, state, now)
    return _answer(actor, appointment, state, reason, None, now)


def _answer(  # an answer has this many parts
    actor: Actor,
    appointment: Appointment,
    state: AppointmentState,
    reason: str,
    by: CalledOffBy | None,
    now: datetime,
) -> Appointment:
    appointment.state, appointment.answered_at, appointment.answered_by = state, now, actor.user
    appointment.called_off_by = by or ""
    appointment.reason_sealed = seal_words(appointment, "reason", reason)
    appointment.changed_at = now
    appointment.sequence += state == AppointmentState.CALLED_OFF
    appointment.save()
    Reminder.objects.filter(pk=appointment.pk).delete()
    return appointment


def _mark_absent(appointment: Appointment, absent: Collection[UUID]) -> None:
    if appointment.participants.filter(pk__in=list(absent)).count() != len(set(absent)):
        raise Participant.DoesNotExist
    appointment.participants.exclude(pk__in=list(absent)).update(came=True)
    appointment.participants.filter(pk__in=list(absent)).update(came=False)


def _chronicle(actor: Actor, appointment: Appointment) -> None:
    """Enter it in the case: as not come to also where others met without the pupil."""
    case = appointment.case
    if case is None:
        return
    missed = appointment.participants.filter(pupil=case.pupil_id, came=False).exists()
    not_come = missed or appointment.state == AppointmentState.NOT_COME
    add_system_entry(
        case,
        kind=EntryKind.APPOINTMENT,
        code=NOT_COME if not_come else HELD,
        params={"appointment": appointment.kind, "minutes": appointment.minutes},
        ref=f"appointment:{appointment.pk}",
        author=actor.user,
        event_at=appointment.starts_at,
    )


def call_off_of_case(actor: Actor, case: Case, reason: str) -> int:
    """Call off what is planned in a case, since the school can no longer hold it; returns how many.

    For callers that hold the case and have checked who asks, inside their transaction.
    """
    now = timezone.now()
    planned = Appointment.objects.filter(case=case, state=AppointmentState.PLANNED).select_related("case", "data_key")
    rest = [_answer(actor, each, AppointmentState.CALLED_OFF, reason, CalledOffBy.SCHOOL, now) for each in planned]
    for each in rest:
        log(actor, "appointment_called_off", each, by=CalledOffBy.SCHOOL)
    return len(rest)
