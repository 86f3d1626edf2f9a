from caseflow.alarms.models.alarms import Alarm, AlarmMessage, AlarmStep, Call, Press
from caseflow.alarms.models.buttons import Button
from caseflow.alarms.models.centres import Centre
from caseflow.alarms.models.devices import Device, SchoolCode
from caseflow.alarms.models.drills import Drill
from caseflow.alarms.models.notices import Notice

__all__ = [
    "Alarm",
    "AlarmMessage",
    "AlarmStep",
    "Button",
    "Call",
    "Centre",
    "Device",
    "Drill",
    "Notice",
    "Press",
    "SchoolCode",
]
