from caseflow.alarms.services.answering import (
    AlreadyTakenError,
    BadAlarmError,
    accept,
    arrive,
    classify,
    close,
    dispatch,
    mark_delivered,
    take_over,
)
from caseflow.alarms.services.calling import call_next
from caseflow.alarms.services.enrolling import (
    end_device,
    enrol_own_phone,
    enrol_pupil_phone,
    find_device,
    renew_code,
)
from caseflow.alarms.services.opening import open_alarm
from caseflow.alarms.services.pressing import press, say_whether_needed
from caseflow.alarms.services.talking import say, say_from_device

__all__ = [
    "AlreadyTakenError",
    "BadAlarmError",
    "accept",
    "arrive",
    "call_next",
    "classify",
    "close",
    "dispatch",
    "end_device",
    "enrol_own_phone",
    "enrol_pupil_phone",
    "find_device",
    "mark_delivered",
    "open_alarm",
    "press",
    "renew_code",
    "say",
    "say_from_device",
    "say_whether_needed",
    "take_over",
]
