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
    treat_as_real,
)
from caseflow.alarms.services.calling import call_next
from caseflow.alarms.services.centres import BadCentreError, change_centre, end_centre, enter_centre
from caseflow.alarms.services.enrolling import (
    end_device,
    enrol_own_phone,
    enrol_pupil_phone,
    find_device,
    renew_code,
)
from caseflow.alarms.services.handing_over import colleagues, hand_over, held_by
from caseflow.alarms.services.hearing import ReplayedError, UnknownButtonError, hear_heartbeat, hear_press
from caseflow.alarms.services.noticing import close_notice, open_notice, send_notice
from caseflow.alarms.services.opening import open_alarm
from caseflow.alarms.services.planning import (
    BadDrillError,
    arm_drill,
    cancel_drill,
    disarm_drill,
    move_drill,
    plan_drill,
    tend_drills,
)
from caseflow.alarms.services.pressing import press, say_it_is_real, say_whether_needed
from caseflow.alarms.services.registering import move_button, register_button, replace_key
from caseflow.alarms.services.talking import say, say_from_device
from caseflow.alarms.services.watching import tell_of_buttons

__all__ = [
    "AlreadyTakenError",
    "BadAlarmError",
    "BadCentreError",
    "BadDrillError",
    "ReplayedError",
    "UnknownButtonError",
    "accept",
    "arm_drill",
    "arrive",
    "call_next",
    "cancel_drill",
    "change_centre",
    "classify",
    "close",
    "close_notice",
    "colleagues",
    "disarm_drill",
    "dispatch",
    "end_centre",
    "end_device",
    "enrol_own_phone",
    "enrol_pupil_phone",
    "enter_centre",
    "find_device",
    "hand_over",
    "hear_heartbeat",
    "hear_press",
    "held_by",
    "mark_delivered",
    "move_button",
    "move_drill",
    "open_alarm",
    "open_notice",
    "plan_drill",
    "press",
    "register_button",
    "renew_code",
    "replace_key",
    "say",
    "say_from_device",
    "say_it_is_real",
    "say_whether_needed",
    "send_notice",
    "take_over",
    "tell_of_buttons",
    "tend_drills",
    "treat_as_real",
]
