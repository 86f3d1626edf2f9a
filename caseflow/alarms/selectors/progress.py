"""What a presser's phone is told of its alarm."""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseflow.alarms.enums import AlarmState
from caseflow.alarms.models import Alarm
from caseflow.alarms.rules import is_late, waited


def progress_of(alarm: Alarm) -> dict[str, Any]:
    """The steps in the presser's language with their times (ISO 8601 and HH:MM:SS), and what is still asked."""
    return {
        "id": str(alarm.pk),
        "state": alarm.state,
        "headline": _headline(alarm),
        "patrol": alarm.patrol,
        "place": alarm.place,
        "pressed_at": alarm.pressed_at.isoformat(),
        "waited_s": alarm.waited_s,
        "asks_whether_needed": asks_whether_needed(alarm),
        "is_drill": alarm.is_drill,
        "open": alarm.state != AlarmState.CLOSED,
        "steps": [
            {"label": label, "at": localtime(at).strftime("%H:%M:%S") if at else None}
            for label, at in (
                (_("Pressed"), alarm.pressed_at),
                (_("Delivered"), alarm.delivered_at),
                (_("Police accepted"), alarm.accepted_at),
                (_("Patrol on its way"), alarm.dispatched_at),
                (_("Patrol is there"), alarm.arrived_at),
            )
        ],
    }


def asks_whether_needed(alarm: Alarm) -> bool:
    """Whether the press came so late that its presser has to say if help is still needed."""
    return alarm.still_needed is None and is_late(waited(alarm.waited_s)) and alarm.state != AlarmState.CLOSED


def _headline(alarm: Alarm) -> str:
    if alarm.is_drill:
        return _("The drill is over") if alarm.state == AlarmState.CLOSED else _("This is a drill")
    return {
        AlarmState.WAITING: _("The alarm has been sent"),
        AlarmState.ACCEPTED: _("The police have accepted"),
        AlarmState.DISPATCHED: _("The police are on their way"),
        AlarmState.ARRIVED: _("The police are there"),
        AlarmState.CLOSED: _("The alarm is over"),
    }[AlarmState(alarm.state)]
