"""Reminders: a row each, told once, in one transaction with its mark.

The mark is a conditional UPDATE whose count is checked, and the alert is written with it: a process that is killed
between the two leaves neither, and the next sweep finds the row again.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from caseflow.appointments.models import Appointment, Reminder, ReminderWish
from caseflow.appointments.models.reminders import DEFAULT_MINUTES
from caseflow.appointments.rules import REMINDER_CHOICES, AppointmentRefused
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.directory.selectors import members_of_school
from notifications.enums import AlertKind
from notifications.services import alert

logger = logging.getLogger(__name__)
LOOKED_AT = 200


def minutes_before(user_id: int) -> int:
    """How long before an appointment the person is reminded; 0: not at all."""
    wish = ReminderWish.objects.filter(pk=user_id).first()
    return DEFAULT_MINUTES if wish is None else wish.minutes


def plan_reminder(appointment: Appointment, now: datetime) -> None:
    """Order the reminder of an appointment anew, in the caller's transaction; none for one that has begun or is not
    planned, nor where the owner wants none."""
    minutes = minutes_before(appointment.owner_id)
    if not appointment.is_planned or appointment.starts_at <= now or not minutes:
        Reminder.objects.filter(pk=appointment.pk).delete()
        return
    due = appointment.starts_at - timedelta(minutes=minutes)
    if not Reminder.objects.filter(pk=appointment.pk, due_at=due).exists():  # else it may have been told already
        Reminder.objects.update_or_create(pk=appointment.pk, defaults={"due_at": due, "told_at": None})


@transaction.atomic
def set_reminder_wish(actor: Actor, minutes: int) -> int:
    """Keep how long before an appointment the actor wants to be reminded, for all that lie ahead too. Returns it.

    Raises AppointmentRefused for a length that is not offered.
    """
    if minutes not in REMINDER_CHOICES:
        raise AppointmentRefused(str(minutes))
    ReminderWish.objects.update_or_create(pk=actor.user.pk, defaults={"minutes": minutes})
    now = timezone.now()
    told = Reminder.objects.filter(told_at__isnull=False).values("pk")
    ahead = Appointment.objects.filter(owner=actor.user, starts_at__gt=now, state="planned").exclude(pk__in=told)
    for appointment in ahead:
        plan_reminder(appointment, now)
    return minutes


def sweep_reminders(now: datetime | None = None) -> int:
    """Tell of what begins soon; returns of how many. What has begun meanwhile is not told of any more."""
    moment = now or timezone.now()
    due = Reminder.objects.filter(told_at=None, due_at__lte=moment).order_by("due_at")
    return sum(_remind(number, moment) for number in list(due.values_list("pk", flat=True)[:LOOKED_AT]))


def _remind(number: UUID, now: datetime) -> bool:
    try:
        with transaction.atomic():
            untold = Reminder.objects.filter(pk=number, told_at=None, due_at__lte=now)
            if not untold.update(told_at=now):
                return False
            appointment = Appointment.objects.select_related("owner", "school", "case__pupil").get(pk=number)
            stands = appointment.is_planned and appointment.starts_at > now and not _is_of_the_dead(appointment)
            return stands and _tell(appointment)
    except Exception:
        logger.exception("The reminder of appointment %s failed, the next sweep asks again", number)
        return False


def _is_of_the_dead(appointment: Appointment) -> bool:
    """Whether every pupil who was to come has died, or the one in whose case it stands: nobody is reminded of that."""
    pupils = list(appointment.participants.filter(pupil__isnull=False).values_list("pupil__died_on", flat=True))
    case = appointment.case
    return bool(pupils) and all(pupils) if case is None else case.pupil.died_on is not None


def _tell(appointment: Appointment) -> bool:
    """Tell the owner, if they still work there: the time and the school, never who comes or what for."""
    told = alert(
        recipients=_owner_at(appointment.school, appointment.owner_id),
        kind=AlertKind.APPOINTMENT_SOON,
        params={"due": appointment.starts_at.isoformat(), "school": appointment.school.names},
        url=reverse("appointments:detail", args=[appointment.pk]),
    )
    return bool(told)


def _owner_at(school: School, owner_id: int) -> list[tuple[int, int | None]]:
    members = members_of_school(school, (Role.PSYCHOLOGIST,)).filter(user=owner_id)
    return list(members.values_list("user_id", "pk")[:1])
