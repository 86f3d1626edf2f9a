"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "alarm.pressed": _("Pressed the panic button"),
    "alarm.accepted": _("Accepted an alarm"),
    "alarm.classified": _("Said what an alarm was"),
    "alarm.dispatched": _("Sent a patrol"),
    "alarm.arrived": _("Noted that the patrol arrived"),
    "alarm.closed": _("Closed an alarm"),
    "alarm.reported": _("Made an alarm a report at the school"),
    "alarm.turned_real": _("Said that a drill is real"),
    "alarm.handed_over": _("Took over an alarm"),
    "alarm.shift_ended": _("Ended a shift at the console and handed over its alarms"),
    "alarm.device_enrolled": _("Enrolled a phone for alarms"),
    "alarm.device_ended": _("Ended a phone for alarms"),
    "alarm.button_registered": _("Registered a fixed button"),
    "alarm.button_moved": _("Changed where a fixed button hangs"),
    "alarm.button_key_replaced": _("Replaced the key of a fixed button"),
    "alarm.centre_entered": _("Entered a police centre"),
    "alarm.centre_changed": _("Changed a police centre"),
    "alarm.centre_ended": _("Ended a police centre"),
    "drill.plan_changed": _("Changed the plan of drills"),
    "notice.sent": _("Sent something to the police centre"),
    "notice.closed": _("Closed what a school had sent"),
    "alarm.code_made": _("Made a new enrolment code for alarms"),
}
