"""What was planned with a pupil who has died is called off without telling anybody; after a mistake it stands again."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseflow.appointments.enums import AppointmentState, CalledOffBy
from caseflow.appointments.models import Appointment, Participant, Reminder
from caseflow.appointments.selectors.clashes import Wanted, standing
from caseflow.appointments.services.locking import hold_calendar, log
from caseflow.appointments.services.reminding import plan_reminder
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil


def call_off_of_dead(actor: Actor, pupil_id: UUID, at: datetime) -> int:
    """Call off what lies ahead in the pupil's cases or with the pupil alone; returns how many.

    For callers that have checked who asks, inside their transaction; `at` is the moment of it. What others come to as
    well stays.
    """
    ahead = _held_still(_of(pupil_id).filter(state=AppointmentState.PLANNED, starts_at__gt=at))
    for each in ahead:
        each.state, each.called_off_by = AppointmentState.CALLED_OFF, CalledOffBy.SCHOOL
        each.answered_at, each.answered_by, each.changed_at = at, actor.user, at
        each.sequence += 1
        each.save()
        Reminder.objects.filter(pk=each.pk).delete()
        log(actor, "appointment_called_off", each, by=CalledOffBy.SCHOOL)
    return len(ahead)


def stand_again(actor: Actor, pupil_id: UUID, at: datetime, now: datetime) -> int:
    """Plan anew what `call_off_of_dead` called off at that moment, where its time lies ahead and nothing else has taken
    it; returns how many."""
    done = 0
    off = _of(pupil_id).filter(state=AppointmentState.CALLED_OFF, answered_at=at, starts_at__gt=now)
    for each in _held_still(off):
        pupils = Pupil.objects.filter(appointments__appointment=each).values_list("pk", flat=True)
        wanted = Wanted(each.school, each.owner_id, each.room_id, list(pupils))
        if standing(wanted, each.starts_at, each.ends_at).exists():
            continue
        each.state, each.called_off_by = AppointmentState.PLANNED, ""
        each.answered_at = each.answered_by = None
        each.changed_at, each.sequence = now, each.sequence + 1
        each.save()
        plan_reminder(each, now)
        log(actor, "appointment_changed", each, planned_again=True)
        done += 1
    return done


def _of(pupil_id: UUID) -> QuerySet[Appointment]:
    others = Participant.objects.filter(appointment=OuterRef("pk"), pupil__isnull=False).exclude(pupil=pupil_id)
    alone = Participant.objects.filter(appointment=OuterRef("pk"), pupil=pupil_id)
    return Appointment.objects.filter(Q(case__pupil=pupil_id) | (Exists(alone) & ~Exists(others) & Q(case=None)))


def _held_still(found: QuerySet[Appointment]) -> list[Appointment]:
    """The appointments in turn with whoever writes into the same calendars."""
    for school, owner in found.order_by("school", "owner").values_list("school", "owner").distinct():
        hold_calendar(school, owner)
    return list(found.select_for_update(of=("self",)).select_related("case", "data_key", "school__district"))
