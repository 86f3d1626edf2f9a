from django.db.models import TextChoices


class AlertKind(TextChoices):
    """What an alert is about. What people read of it stands in `notifications.texts`."""

    TRIAGE_ITEM_NEW = "triage_item_new"
    CASE_ASSIGNED = "case_assigned"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_MISSED = "deadline_missed"
    TASK_ASSIGNED = "task_assigned"
    TASK_DUE = "task_due"
    RUN_FINISHED = "run_finished"
    RUN_FAILED = "run_failed"
    INCIDENT_NEW = "incident_new"
    REPORT_MESSAGE = "report_message"
    WITHDRAWAL = "withdrawal"
    REPORT_RELEASED = "report_released"
    BREAK_GLASS = "break_glass"
    ALARM = "alarm"
    ALARM_MESSAGE = "alarm_message"
    DUTY_CALL = "duty_call"


URGENT = frozenset(
    {AlertKind.DUTY_CALL, AlertKind.ALARM, AlertKind.ALARM_MESSAGE}
)  # stays on the page until its reader puts it away
