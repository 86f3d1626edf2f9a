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
from caseflow.alarms.services.handing_over import colleagues, hand_over, held_by
from caseflow.alarms.services.hearing import ReplayedError, UnknownButtonError, hear_heartbeat, hear_press
from caseflow.alarms.services.opening import open_alarm
from caseflow.alarms.services.pressing import press, say_whether_needed
from caseflow.alarms.services.registering import move_button, register_button, replace_key
from caseflow.alarms.services.talking import say, say_from_device
from caseflow.alarms.services.watching import tell_of_buttons

__all__ = [
    "AlreadyTakenError",
    "BadAlarmError",
    "ReplayedError",
    "UnknownButtonError",
    "accept",
    "arrive",
    "call_next",
    "classify",
    "close",
    "colleagues",
    "dispatch",
    "end_device",
    "enrol_own_phone",
    "enrol_pupil_phone",
    "find_device",
    "hand_over",
    "hear_heartbeat",
    "hear_press",
    "held_by",
    "mark_delivered",
    "move_button",
    "open_alarm",
    "press",
    "register_button",
    "renew_code",
    "replace_key",
    "say",
    "say_from_device",
    "say_whether_needed",
    "take_over",
    "tell_of_buttons",
]
