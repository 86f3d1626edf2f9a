"""What every kind of alert says: several wordings, the fullest first."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from notifications.enums import AlertKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TEXTS: "Mapping[str, tuple[StrPromise, ...]]" = {
    AlertKind.TRIAGE_ITEM_NEW: (
        _("New in Today: %(category)s, found by the system, %(model)s. %(school)s"),
        _("New in Today: %(category)s. %(school)s"),
        _("New in Today: %(category)s"),
        _("New in Today. %(school)s"),
        _("A new item waits in Today"),
    ),
    AlertKind.CASE_ASSIGNED: (
        _("Case no. %(number)s is now yours. %(school)s"),
        _("Case no. %(number)s is now yours"),
        _("A case is now yours"),
    ),
    AlertKind.CLOSING_ASKED: (
        _("Case no. %(number)s was at high risk: may it be closed? Answer until %(due)s. %(school)s"),
        _("A case was at high risk: may it be closed?"),
    ),
    AlertKind.CLOSING_DECIDED: (
        _("The lead psychologist answered whether case no. %(number)s may be closed"),
        _("The lead psychologist answered whether a case may be closed"),
    ),
    AlertKind.HIGH_RISK: (
        _("High risk in case no. %(number)s: the first steps are due now. %(school)s"),
        _("High risk in a case: the first steps are due now"),
    ),
    AlertKind.SECOND_PERSON: (
        _("You are the second person in case no. %(number)s, at high risk. Say that you know. %(school)s"),
        _("You are the second person in a case at high risk. Say that you know"),
    ),
    AlertKind.FLOW_ACUTE: (
        _("Acute risk in case no. %(number)s. Act now. %(school)s"),
        _("Acute risk in a case. Act now"),
    ),
    AlertKind.FLOW_BEGUN: (
        _("In case no. %(number)s a protocol was begun: %(reason)s. %(school)s"),
        _("In a case of yours a protocol was begun"),
    ),
    AlertKind.FLOW_SECOND: (
        _("You are the second person in case no. %(number)s. Protocol: %(reason)s. %(school)s"),
        _("You are the second person in a protocol at work"),
    ),
    AlertKind.FLOW_END_ASKED: (
        _("Case no. %(number)s: confirm that the protocol has ended, or let it go on: %(reason)s. %(school)s"),
        _("Case no. %(number)s: confirm that the steps of high risk have ended, or let them go on. %(school)s"),
        _("Confirm that the steps of a protocol have ended, or let them go on"),
    ),
    AlertKind.WORK_RECEIVED: (
        _("The lead psychologist gave you cases and tasks of a colleague, in all: %(number)s. %(school)s"),
        _("The lead psychologist gave you cases and tasks of a colleague"),
    ),
    AlertKind.WORK_HANDED_OVER: (
        _("The lead psychologist handed cases and tasks of yours over to others, in all: %(number)s. %(school)s"),
        _("The lead psychologist handed cases and tasks of yours over to others"),
    ),
    AlertKind.SUPERVISION_SHARED: (_("The lead psychologist has shared a note of supervision with you"),),
    AlertKind.PUPIL_LEAVES: (
        _("The pupil of case no. %(number)s leaves: close the case, refer it or hand it over. %(school)s"),
        _("A pupil with a case leaves: close the case, refer it or hand it over"),
    ),
    AlertKind.CONSENTS_ANEW: (
        _("Earlier consents no longer hold. Decide anew in the portal. %(school)s"),
        _("Earlier consents no longer hold. Decide anew in the portal"),
    ),
    AlertKind.CAME_OF_AGE: (
        _("A pupil has come of age: hand the code for the portal over in person. %(school)s"),
        _("A pupil has come of age: hand the code for the portal over in person"),
    ),
    AlertKind.LOSS_OPENED: (
        _("The school has lost somebody: the first steps are due now. %(school)s"),
        _("A school has lost somebody: the first steps are due now"),
    ),
    AlertKind.LOSS_HELP_ASKED: (
        _("A psychologist asks the district to stand in after a loss. %(school)s"),
        _("A psychologist asks the district to stand in after a loss"),
    ),
    AlertKind.DEATH_TO_CONFIRM: (
        _("A record waits for a second person. %(school)s"),
        _("A record waits for a second person"),
    ),
    AlertKind.PLAN_SHARED: (_("The school psychologist has shared something with you: open it in the portal"),),
    AlertKind.REFERRAL_NEW: (
        _("A referral has come for you. %(school)s"),
        _("A referral has come for you"),
    ),
    AlertKind.REFERRAL_MOVED: (
        _("Case no. %(number)s, referral: %(reason)s"),
        _("A referral: %(reason)s"),
        _("Something became of a referral"),
    ),
    AlertKind.REFERRAL_STOPPED: (
        _("A referral to you was stopped. %(school)s"),
        _("A referral to you was stopped"),
    ),
    AlertKind.REFERRAL_FINISHED: (
        _("A referral to you is finished: your answer was read. %(school)s"),
        _("A referral to you is finished: your answer was read"),
    ),
    AlertKind.REFERRAL_GROUND: (
        _("Something was sent without consent: look at its legal ground until %(due)s. %(school)s"),
        _("Something was sent without consent: look at its legal ground"),
    ),
    AlertKind.COUNCIL_SESSION: (
        _("A session is called for %(due)s. %(school)s"),
        _("A session of the council is called"),
    ),
    AlertKind.COUNCIL_SESSION_OFF: (
        _("The session of %(due)s is called off. %(school)s"),
        _("A session of the council is called off"),
    ),
    AlertKind.COUNCIL_DECISION: (
        _("Decision no. %(number)s of the council is for your agency, due %(due)s"),
        _("A decision of the council is for your agency"),
    ),
    AlertKind.COUNCIL_MOVE: (
        _("Decision no. %(number)s of the council: %(reason)s"),
        _("Something became of a decision of the council"),
    ),
    AlertKind.DUTY_OVERDUE: (
        _("Legal assessments overdue: %(count)s, the latest is no. %(number)s. %(school)s"),
        _("Legal assessments are overdue"),
    ),
    AlertKind.LEGAL_REQUEST: (
        _("Legal request no. %(number)s waits for you"),
        _("A legal request waits for you"),
    ),
    AlertKind.LEGAL_ANSWER: (
        _("Legal request no. %(number)s is answered"),
        _("A legal request is answered"),
    ),
    AlertKind.LEGAL_NOTE: (
        _("By law something was given to a prosecutor. Read in the portal what it was and on which ground"),
    ),
    AlertKind.DEADLINE_NEAR: (
        _("Due %(due)s: %(clock)s. %(school)s"),
        _("Due %(due)s: %(clock)s"),
        _("Due soon: %(clock)s. %(school)s"),
        _("Due soon: %(clock)s"),
        _("A deadline is near. %(school)s"),
        _("A deadline is near"),
    ),
    AlertKind.DEADLINE_MISSED: (
        _("Overdue since %(due)s: %(clock)s. %(school)s"),
        _("Overdue since %(due)s: %(clock)s"),
        _("Overdue: %(clock)s. %(school)s"),
        _("Overdue: %(clock)s"),
        _("A deadline has passed. %(school)s"),
        _("A deadline has passed"),
    ),
    AlertKind.TASK_ASSIGNED: (
        _("New task for you in case no. %(number)s, due %(due)s"),
        _("New task for you in case no. %(number)s"),
        _("New task for you"),
    ),
    AlertKind.TASK_WITHDRAWN: (
        _("Your task in case no. %(number)s is withdrawn"),
        _("A task of yours is withdrawn"),
    ),
    AlertKind.TASK_DUE: (
        _("Your task in case no. %(number)s is due %(due)s"),
        _("Your task in case no. %(number)s is due soon"),
        _("Your task is due soon"),
    ),
    AlertKind.RUN_FINISHED: (
        _("The lesson is analysed. Class %(class_name)s, %(school)s"),
        _("The lesson is analysed. Class %(class_name)s"),
        _("The lesson is analysed"),
    ),
    AlertKind.RUN_FAILED: (
        _("The lesson could not be analysed: %(reason)s. Class %(class_name)s, %(school)s"),
        _("The lesson could not be analysed. Class %(class_name)s, %(school)s"),
        _("The lesson could not be analysed. Class %(class_name)s"),
        _("The lesson could not be analysed"),
    ),
    AlertKind.INCIDENT_NEW: (
        _("New incident report: %(category)s. %(school)s"),
        _("New incident report: %(category)s"),
        _("New incident report. %(school)s"),
        _("New incident report"),
    ),
    AlertKind.REPORT_MESSAGE: (
        _("New message on the anonymous report no. %(number)s. %(school)s"),
        _("New message on an anonymous report. %(school)s"),
        _("New message on an anonymous report"),
    ),
    AlertKind.WITHDRAWAL: (
        _("A consent was withdrawn: %(purpose)s. %(school)s"),
        _("A consent was withdrawn: %(purpose)s"),
        _("A consent was withdrawn"),
    ),
    AlertKind.REPORT_RELEASED: (
        _("The council report for %(period)s is released"),
        _("A council report is released"),
    ),
    AlertKind.REPORT_TO_SIGN: (
        _("The council report for %(period)s waits for your signature"),
        _("A council report waits for your signature"),
    ),
    AlertKind.BREAK_GLASS: (
        _("A case was opened without an assignment. %(school)s"),
        _("A case was opened without an assignment"),
    ),
    AlertKind.ALARM: (
        _("Alarm. %(school)s"),
        _("Alarm"),
    ),
    AlertKind.ALARM_MESSAGE: (
        _("A word about the alarm. %(school)s"),
        _("A word about the alarm"),
    ),
    AlertKind.DUTY_CALL: (
        _("You are on duty: %(reason)s. %(school)s"),
        _("You are on duty: %(reason)s"),
        _("You are on duty. %(school)s"),
        _("You are on duty and somebody needs you"),
    ),
    AlertKind.BUTTON_TROUBLE: (
        _("A panic button needs you: %(reason)s. %(school)s"),
        _("A panic button needs you: %(reason)s"),
        _("A panic button needs you"),
    ),
    AlertKind.DRILL_DUE: (
        _("A drill is to be held now. %(school)s"),
        _("A drill is to be held now"),
    ),
    AlertKind.CENTRE_NOTICE: (
        _("A school has sent you a clip. %(school)s"),
        _("A school has sent you a clip"),
    ),
    AlertKind.STANDING_IN: (_("You stand in for a colleague who is away"),),
    AlertKind.APPOINTMENT_SOON: (
        _("Your next appointment: %(due)s. %(school)s"),
        _("Your next appointment: %(due)s"),
        _("You have an appointment soon"),
    ),
    AlertKind.QUESTIONNAIRE_FINISHED: (
        _("A questionnaire was filled in. Case no. %(number)s, %(school)s"),
        _("A questionnaire was filled in. Case no. %(number)s"),
        _("A questionnaire was filled in"),
    ),
    AlertKind.QUESTIONNAIRE_ALARM: (
        _("An answer needs you at once. Case no. %(number)s, %(school)s"),
        _("An answer needs you at once. Case no. %(number)s"),
        _("An answer needs you at once"),
    ),
}
