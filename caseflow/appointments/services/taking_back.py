"""A new appointment, what was said of one, or another time for it, taken back within seconds by whoever did it."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment, Move
from caseflow.appointments.selectors.clashes import Wanted, clash
from caseflow.appointments.selectors.plans import plan_of
from caseflow.appointments.services.locking import hold_appointment, log
from caseflow.appointments.services.reminding import plan_reminder
from caseflow.appointments.services.writing import OWN_KEY
from caseflow.appointments.texts import UNDONE
from caseflow.cases.enums import EntryKind
from caseflow.cases.services import add_system_entry
from caseflow.directory.actors import Actor
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError

ANSWERED, MOVED, MADE = "appointment_answered", "appointment_moved", "appointment_made"


@transaction.atomic
def plan_again(actor: Actor, appointment_id: str, facts: Facts) -> str:
    """Nothing is said of it any more: it is planned, as are those of its series that were called off with it.

    The case's chronology keeps both lines. Raises Appointment.DoesNotExist, TooLateError (changed since, or somebody
    has the time by now).
    """
    appointment, at = _held(actor, appointment_id, facts)
    rows = [appointment, *_called_off_with(appointment, at)]
    if any(row.answered_at != at or row.answered_by_id != actor.user.pk for row in rows):
        raise TooLateError
    _refuse_if_taken(actor, [row for row in rows if not row.takes_time])
    for row in rows:
        said = row.state
        _put_back(row)
        log(actor, "appointment_undone", row, state=said)
        if row.case and said != AppointmentState.CALLED_OFF:
            ref = f"appointment:{row.pk}"
            add_system_entry(row.case, kind=EntryKind.APPOINTMENT, code=UNDONE, ref=ref, author=actor.user)
    return reverse("appointments:detail", args=[appointment.pk])


@transaction.atomic
def move_back(actor: Actor, appointment_id: str, facts: Facts) -> str:
    """It has the time and the room from before; the moves there and back both stay among its earlier times.

    Those of its series that were moved with it go back too. Raises as `plan_again`.
    """
    appointment, at = _held(actor, appointment_id, facts)
    together = Q(pk=appointment.pk) | Q(series__isnull=False, series=appointment.series_id)
    rows = list(Appointment.objects.filter(together, changed_at=at).select_related("case", "school"))
    before = {move.appointment_id: move for move in Move.objects.filter(appointment__in=rows, at=at, by=actor.user)}
    if not all(row.is_planned for row in rows):
        raise TooLateError
    for row in rows:
        if move := before.get(row.pk):
            Move.objects.create(
                appointment=row, at=timezone.now(), by=actor.user, starts_at=row.starts_at, ends_at=row.ends_at
            )
            row.starts_at, row.ends_at = move.starts_at, move.ends_at
            row.sequence += 1
        row.room_id = int(facts["room"]) if facts["room"] else None
    _refuse_if_taken(actor, rows)
    for row in rows:
        row.changed_at = timezone.now()
        row.save()
        plan_reminder(row, row.changed_at)
        log(actor, "appointment_undone", row, moved=row.pk in before)
    return reverse("appointments:detail", args=[appointment.pk])


@transaction.atomic
def unmake(actor: Actor, appointment_id: str, facts: Facts) -> str:
    """It was never made, nor were those of its series: nobody was told of it. Returns the page of the form with its
    time and people, but for the words, which no address bears.

    Raises as `plan_again`.
    """
    appointment, at = _held(actor, appointment_id, facts)
    together = Q(pk=appointment.pk) | Q(series__isnull=False, series=appointment.series_id)
    rows = list(Appointment.objects.filter(together).select_related("case", "data_key", "series"))
    as_made = all(row.is_planned and row.created_at == row.changed_at == at for row in rows)
    if not as_made or appointment.created_by_id != actor.user.pk:
        raise TooLateError
    page = f"{reverse('appointments:new')}?{_address(appointment)}"
    for row in rows:
        log(actor, "appointment_unmade", row, kind=row.kind)
        row.delete()
        if row.data_key and row.data_key.purpose == OWN_KEY:
            row.data_key.delete()
    if appointment.series:
        appointment.series.delete()
    return page


def _address(appointment: Appointment) -> str:
    plan, starts = plan_of(appointment), timezone.localtime(appointment.starts_at)
    said = {
        "day": f"{starts:%Y-%m-%d}",
        "time": f"{starts:%H:%M}",
        "minutes": plan.minutes,
        "kind": plan.kind.value,
        "room": plan.room or "",
        "case": plan.case or "",
        "pupils": plan.pupils,
        "guardians": plan.guardians,
        "members": plan.members,
    }
    return urlencode(said, doseq=True)


def _held(actor: Actor, appointment_id: str, facts: Facts) -> tuple[Appointment, datetime]:
    """The appointment as the act left it at that moment, with its calendar held."""
    at = datetime.fromisoformat(facts["at"])
    appointment = hold_appointment(actor, UUID(appointment_id))
    if appointment.changed_at != at:
        raise TooLateError
    return appointment, at


def _called_off_with(appointment: Appointment, at: datetime) -> Sequence[Appointment]:
    if appointment.state != AppointmentState.CALLED_OFF or appointment.series_id is None:
        return []
    rest = Appointment.objects.filter(series=appointment.series_id, answered_at=at).exclude(pk=appointment.pk)
    return list(rest.select_related("case", "school"))


def _put_back(row: Appointment) -> None:
    now = timezone.now()
    row.sequence += row.state == AppointmentState.CALLED_OFF
    row.state, row.answered_at, row.answered_by = AppointmentState.PLANNED, None, None
    row.called_off_by, row.reason_sealed, row.changed_at = "", b"", now
    row.save()
    row.participants.update(came=None)
    plan_reminder(row, now)


def _refuse_if_taken(actor: Actor, rows: Sequence[Appointment]) -> None:
    but = [row.pk for row in rows]
    for row in rows:
        wanted = Wanted(row.school, row.owner_id, row.room_id, plan_of(row).pupils, but)
        if clash(wanted, (row.starts_at, row.ends_at), asking=actor.user.pk):
            raise TooLateError
