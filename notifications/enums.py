from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Urgency(IntegerChoices):
    """How an alert may reach somebody outside the pages. The greater is sent first."""

    NORMAL = 0
    URGENT = 1  # quiet hours hold it back unless the person has chosen otherwise
    ALARM = 2  # nothing holds it back, and it goes out by every channel at once


class AlertKind(TextChoices):
    """What an alert is about. What people read of it stands in `notifications.texts`."""

    TRIAGE_ITEM_NEW = "triage_item_new"
    CASE_ASSIGNED = "case_assigned"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_MISSED = "deadline_missed"
    TASK_ASSIGNED = "task_assigned"
    TASK_WITHDRAWN = "task_withdrawn"
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
    BUTTON_TROUBLE = "button_trouble"
    DRILL_DUE = "drill_due"
    CENTRE_NOTICE = "centre_notice"
    STANDING_IN = "standing_in"
    CLOSING_ASKED = "closing_asked"
    CLOSING_DECIDED = "closing_decided"
    HIGH_RISK = "high_risk"
    SECOND_PERSON = "second_person"
    FLOW_ACUTE = "flow_acute"
    FLOW_BEGUN = "flow_begun"
    FLOW_SECOND = "flow_second"
    FLOW_END_ASKED = "flow_end_asked"
    APPOINTMENT_SOON = "appointment_soon"
    QUESTIONNAIRE_FINISHED = "questionnaire_done"
    QUESTIONNAIRE_ALARM = "questionnaire_risk"
    PLAN_SHARED = "plan_shared"
    WORK_RECEIVED = "work_received"
    WORK_HANDED_OVER = "work_handed_over"
    SUPERVISION_SHARED = "supervision_shared"
    REFERRAL_NEW = "referral_new"
    REFERRAL_MOVED = "referral_moved"
    REFERRAL_STOPPED = "referral_stopped"
    REFERRAL_FINISHED = "referral_finished"
    REFERRAL_GROUND = "referral_ground"
    PUPIL_LEAVES = "pupil_leaves"
    CONSENTS_ANEW = "consents_anew"
    CAME_OF_AGE = "came_of_age"
    LOSS_OPENED = "loss_opened"
    LOSS_HELP_ASKED = "loss_help_asked"
    DEATH_TO_CONFIRM = "death_to_confirm"
    COUNCIL_SESSION = "council_session"
    COUNCIL_SESSION_OFF = "council_session_off"
    COUNCIL_DECISION = "council_decision"
    COUNCIL_MOVE = "council_move"
    REPORT_TO_SIGN = "report_to_sign"
    DUTY_OVERDUE = "duty_overdue"
    LEGAL_REQUEST = "legal_request"
    LEGAL_ANSWER = "legal_answer"
    LEGAL_NOTE = "legal_note"


# These stay on the page until their reader puts them away.
STAYING = frozenset(
    {
        AlertKind.ALARM,
        AlertKind.ALARM_MESSAGE,
        AlertKind.DUTY_CALL,
        AlertKind.FLOW_ACUTE,
        AlertKind.HIGH_RISK,
        AlertKind.QUESTIONNAIRE_ALARM,
        AlertKind.SECOND_PERSON,
    }
)
URGENT_KINDS = frozenset(
    {
        AlertKind.INCIDENT_NEW,
        AlertKind.FLOW_ACUTE,
        AlertKind.HIGH_RISK,
        AlertKind.SECOND_PERSON,
        AlertKind.DEADLINE_MISSED,
        AlertKind.BREAK_GLASS,
        AlertKind.DUTY_CALL,
        AlertKind.BUTTON_TROUBLE,
        AlertKind.CENTRE_NOTICE,
        AlertKind.QUESTIONNAIRE_ALARM,
        AlertKind.LOSS_OPENED,
        AlertKind.LOSS_HELP_ASKED,
    }
)


def urgency_of(kind: str) -> Urgency:
    """How urgent alerts of this kind are. Whatever is named alarm… is one, so that no list can forget it."""
    if kind.startswith("alarm"):
        return Urgency.ALARM
    return Urgency.URGENT if kind in URGENT_KINDS else Urgency.NORMAL


ALARM_KINDS = frozenset(kind for kind in AlertKind if urgency_of(kind) is Urgency.ALARM)


class Waiting(StrEnum):
    """What a browser is told when a push has woken it."""

    ALARM = "alarm"
    NEWS = "news"
    NOTHING = "nothing"


class Channel(TextChoices):
    """The ways to a person outside the pages, in the order in which one follows the other."""

    PUSH = "push", _("Push in the browser")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class DeliveryState(TextChoices):
    QUEUED = "queued", _("Waiting")
    FAILED = "failed", _("Failed, tried again")
    SENT = "sent", _("Sent")
    GIVEN_UP = "given_up", _("Given up")
    NOT_WANTED = "not_wanted", _("Not wanted any more")


class Trouble(TextChoices):
    """Why a delivery was not made. A fixed list: what a provider answers is never kept, since it could quote us."""

    BUSY = "busy", _("the service asks to wait")
    FAILING = "failing", _("the service is failing")
    GONE = "gone", _("no address")
    LOST = "lost", _("the worker was lost")
    NO_RIGHT = "no_right", _("the right has ended")
    REFUSED = "refused", _("the service refuses the address")
    SEEN = "seen", _("seen on the page")
    SWITCHED_OFF = "switched_off", _("switched off")
    TIMED_OUT = "timed_out", _("no answer in time")
    UNREACHABLE = "unreachable", _("the service cannot be reached")
    UNTRUSTED = "untrusted", _("the installation is not accepted")
