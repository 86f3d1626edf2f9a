"""The menu of each role. Part of the composition root, so it may name the pages of every room."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseflow.directory.enums import Role


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the menu: its URL name, title and icon."""

    page: str
    title: Promise
    icon: str


TODAY = Section("triage:today", _("Today"), "list-check")
SIGNALS = Section("analytics:signals", _("Signals"), "activity")
INCIDENTS = Section("incidents:list", _("Incidents"), "messages")
LEGAL = Section("incidents:legal", _("Legal assessments"), "scale")
REPORT_INCIDENT = Section("incidents:create", _("Report an incident"), "message-plus")
MY_REPORTS = Section("incidents:mine", _("My reports"), "messages")
CALENDAR = Section("appointments:calendar", _("Calendar"), "calendar")
JOURNALS = Section("journals:journal", _("Journals"), "notebook")
SERVICE_PLAN = Section("journals:plan", _("Psychologist's plan"), "notebook")
JOURNAL_FORMS = Section("journals:forms", _("Forms of the journals"), "notebook")
ROOMS = Section("appointments:rooms", _("Taken rooms"), "door")
QUESTIONNAIRES = Section("instruments:catalogue", _("Questionnaires"), "clipboard-list")
CASES = Section("cases:list", _("Cases"), "folders")
PROTOCOLS = Section("protocols:list", _("Protocols"), "list-check")
SUPPORT_PLANS = Section("plans:list", _("Support plans"), "target-arrow")
REFERRALS = Section("referrals:list", _("Referrals"), "send")
INBOX = Section("referrals:inbox", _("Referrals to us"), "inbox")
TASKS = Section("cases:tasks", _("Tasks"), "checklist")
PUPILS = Section("directory:pupils", _("Pupils"), "users")
CLASSES = Section("directory:classes", _("Classes"), "school")
SCHOOL_YEAR = Section("schoolyear:home", _("School year"), "calendar-repeat")
IMPORT = Section("directory:import", _("Import"), "file-import")
TIMETABLE = Section("directory:timetable", _("Timetable"), "calendar")
MEMBERS = Section("directory:members", _("People and roles"), "users-group")
SCHOOLS = Section("directory:schools", _("Schools and agencies"), "building")
UNIT = Section("directory:home", _("My unit"), "building")
VIDEOS = Section("analytics:videos", _("Lesson videos"), "video")
SEAT_PLANS = Section("analytics:seat-plans", _("Cameras and seats"), "armchair")
CAMERAS = Section("analytics:cameras", _("Cameras"), "device-cctv")
CONFIRMATIONS = Section("analytics:confirmations", _("Who sat where"), "armchair")
SWITCH = Section("analytics:switch", _("Analysis switch"), "toggle-left")
PAPER_CONSENTS = Section("consent:office", _("Consents"), "shield-check")
COUNCIL = Section("council:home", _("Council"), "building-community")
COUNCIL_DECISIONS = Section("council:register", _("Decisions"), "gavel")
DUTIES = Section("duties:desk", _("Duties of agencies"), "alarm")
LEGAL_REQUESTS = Section("legalrequests:list", _("Legal requests"), "scale")
COUNCIL_REPORTS = Section("coordination:list", _("Reports"), "report-analytics")
EXPLORER = Section("explorer:explore", _("Explorer"), "table-options")
PORTAL = Section("portal:home", _("Child's data"), "shield-check")
OWN_DATA = Section("portal:home", _("My data"), "shield-check")
EXCLUSIONS = Section("consent:exclusions", _("Excluded guardians"), "user-off")
AFTER_LOSS = Section("postvention:list", _("After a loss"), "flower")
REQUESTS = Section("portal:requests", _("Requests"), "mail-question")
BOARD = Section("supervision:board", _("Board"), "layout-dashboard")
SUPERVISION = Section("supervision:notes", _("Supervision"), "messages")
OVERDUE = Section("clocks:overdue", _("Overdue"), "alarm")
DUTY_ROSTER = Section("clocks:roster", _("Duty roster"), "calendar-user")
DELIVERIES = Section("directory:deliveries", _("Delivery"), "send")
AUDIT_LOG = Section("directory:access-log", _("Access log"), "eye")

ALARMS = Section("alarms:console", _("Alarms"), "bell-ringing")
SCHOOL_ALARMS = Section("alarms:school", _("Alarms"), "bell-ringing")
FIXED_BUTTONS = Section("alarms:buttons", _("Fixed buttons"), "bell-cog")
CENTRES = Section("alarms:centres", _("Police centres"), "headset")
DRILLS = Section("alarms:drills", _("Drills"), "calendar-event")
RESPONSE_TIMES = Section("alarms:figures", _("Response times"), "stopwatch")
PANIC_BUTTONS = Section("alarms:phones", _("Panic buttons"), "device-mobile")

# The first page is the role's home.
MENUS: dict[Role, tuple[Section, ...]] = {
    Role.PSYCHOLOGIST: (
        TODAY,
        SIGNALS,
        INCIDENTS,
        CASES,
        CALENDAR,
        REFERRALS,
        JOURNALS,
        PUPILS,
        VIDEOS,
        SUPERVISION,
        AFTER_LOSS,
    ),
    Role.LEAD_PSYCHOLOGIST: (
        TODAY,
        BOARD,
        OVERDUE,
        SIGNALS,
        CASES,
        INCIDENTS,
        CALENDAR,
        QUESTIONNAIRES,
        PROTOCOLS,
        JOURNAL_FORMS,
        REFERRALS,
        SWITCH,
        EXCLUSIONS,
        REQUESTS,
        DUTY_ROSTER,
        SUPERVISION,
        AFTER_LOSS,
        LEGAL_REQUESTS,
    ),
    Role.SOCIAL_PEDAGOGUE: (INCIDENTS, SUPPORT_PLANS, TASKS, ROOMS),
    Role.PRINCIPAL: (INCIDENTS, TASKS, PAPER_CONSENTS, FIXED_BUTTONS, DUTY_ROSTER, ROOMS, SERVICE_PLAN, AFTER_LOSS),
    Role.SCHOOL_ADMIN: (
        SEAT_PLANS,
        CLASSES,
        SCHOOL_YEAR,
        IMPORT,
        PAPER_CONSENTS,
        TIMETABLE,
        INCIDENTS,
        PANIC_BUTTONS,
        DUTY_ROSTER,
        ROOMS,
    ),
    Role.TEACHER: (MY_REPORTS, REPORT_INCIDENT, CONFIRMATIONS, ROOMS),
    Role.CLASS_TEACHER: (MY_REPORTS, TASKS, CONFIRMATIONS, ROOMS),
    Role.PARENT: (PORTAL,),
    Role.PUPIL: (OWN_DATA,),
    Role.PROSECUTOR: (DUTIES, COUNCIL, COUNCIL_DECISIONS, COUNCIL_REPORTS, EXPLORER, LEGAL_REQUESTS),
    Role.COUNCIL_CHAIR: (COUNCIL, COUNCIL_DECISIONS, COUNCIL_REPORTS, EXPLORER),
    Role.COUNCIL_MEMBER: (COUNCIL, COUNCIL_DECISIONS, COUNCIL_REPORTS, EXPLORER),
    Role.ANALYST: (EXPLORER, COUNCIL_REPORTS),
    Role.AGENCY_OFFICER: (INBOX, LEGAL, COUNCIL_DECISIONS),
    Role.AGENCY_HEAD: (DUTIES, COUNCIL_DECISIONS),
    Role.SYSTEM_ADMIN: (MEMBERS, SCHOOLS, CENTRES, IMPORT, SWITCH, DELIVERIES, CAMERAS),
    Role.DPO: (AUDIT_LOG, REQUESTS, LEGAL_REQUESTS, DELIVERIES),
    Role.POLICE_OPERATOR: (ALARMS, RESPONSE_TIMES, UNIT),
    Role.DUTY_PERSON: (SCHOOL_ALARMS, FIXED_BUTTONS, UNIT),
    Role.DRILL_OFFICER: (DRILLS, FIXED_BUTTONS, RESPONSE_TIMES, UNIT),
}
