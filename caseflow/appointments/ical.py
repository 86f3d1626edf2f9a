"""Busy times as iCalendar (RFC 5545): when somebody is busy, and nothing else."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from icalendar import Calendar, Event

from caseflow.appointments.models import Appointment
from caseflow.records.vault import keyed_digest

PRODUCT = "-//Tirek//Busy times//EN"


def written(appointments: Iterable[Appointment], busy: str) -> bytes:
    """The calendar. `busy` is the one word that stands on each of its times.

    No name, kind, room, school, case or state but "called off" goes in: a program elsewhere, and whoever runs it, reads
    this.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for appointment in appointments:
        calendar.add_component(_event(appointment, busy))
    return bytes(calendar.to_ical())


def uid_of(appointment_id: UUID) -> str:
    """The same for one appointment in every reading, and nothing by which it could be found here."""
    return str(UUID(hex=keyed_digest("calendar uid", str(appointment_id))[:32]))


def _event(appointment: Appointment, busy: str) -> Event:
    event = Event()
    event.add("uid", uid_of(appointment.pk))
    event.add("dtstamp", _utc(appointment.changed_at))
    event.add("dtstart", _utc(appointment.starts_at))
    event.add("dtend", _utc(appointment.ends_at))
    event.add("sequence", appointment.sequence)
    event.add("status", "CONFIRMED" if appointment.takes_time else "CANCELLED")
    event.add("transp", "OPAQUE" if appointment.takes_time else "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("summary", busy)
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
