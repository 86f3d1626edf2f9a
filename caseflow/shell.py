"""What stands around every page: the menu of the acting role, the languages, the other roles, the alerts.

Part of the composition root, so it may name the pages of every room. It costs nothing until a template asks.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import Theme
from caseflow.alarms.services.enrolling import PRESSERS
from caseflow.clocks.selectors.table import STAFF
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.guards import SEARCHERS
from caseflow.directory.models import Membership
from caseflow.directory.selectors import active_memberships
from caseflow.triage.selectors.queue import waiting_counts
from notifications.selectors import present, unread

MOST_SHOWN = 6  # sections, beside search, languages and the person, at 1440 pixels in the longest language
LANGUAGES = (("kk", "Қаз"), ("ru", "Рус"), ("en", "Eng"))


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the menu: its URL name, title and icon."""

    page: str
    title: Promise
    icon: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """`count` is what waits there for the person; None where nothing is counted."""

    section: Section
    url: str
    current: bool
    count: int | None = None


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
COUNCIL_REPORTS = Section("coordination:list", _("Reports"), "report-analytics")
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
    ),
    Role.SOCIAL_PEDAGOGUE: (INCIDENTS, SUPPORT_PLANS, TASKS, ROOMS),
    Role.PRINCIPAL: (INCIDENTS, PAPER_CONSENTS, FIXED_BUTTONS, DUTY_ROSTER, ROOMS, SERVICE_PLAN, AFTER_LOSS),
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
    Role.PROSECUTOR: (COUNCIL_REPORTS,),
    Role.COUNCIL_CHAIR: (COUNCIL_REPORTS,),
    Role.COUNCIL_MEMBER: (COUNCIL_REPORTS,),
    Role.ANALYST: (COUNCIL_REPORTS,),
    Role.AGENCY_OFFICER: (INBOX, LEGAL),
    Role.SYSTEM_ADMIN: (MEMBERS, SCHOOLS, CENTRES, IMPORT, SWITCH, DELIVERIES, CAMERAS),
    Role.DPO: (AUDIT_LOG, REQUESTS, DELIVERIES),
    Role.POLICE_OPERATOR: (ALARMS, RESPONSE_TIMES, UNIT),
    Role.DUTY_PERSON: (SCHOOL_ALARMS, FIXED_BUTTONS, UNIT),
    Role.DRILL_OFFICER: (DRILLS, FIXED_BUTTONS, RESPONSE_TIMES, UNIT),
}


class Shell:
    """Everything `base.html` shows besides the page itself. Each part is worked out when first asked for."""

    languages = LANGUAGES
    demo = settings.DEMO

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor | None = getattr(request, "actor", None)

    @cached_property
    def menu(self) -> tuple[MenuItem, ...]:
        """The pages of the acting role; the current one is where the address lies deepest within."""
        if self.actor is None:
            return ()
        pages = [(section, url) for section in MENUS[self.actor.role] if (url := page_url(section.page))]
        path = self.request.path
        current = max((url for _section, url in pages if path.startswith(url)), key=len, default=None)
        return tuple(MenuItem(section, url, url == current, self._count(section)) for section, url in pages)

    @property
    def menu_shown(self) -> tuple[MenuItem, ...]:
        """What stands in the top bar itself."""
        return self.menu if len(self.menu) <= MOST_SHOWN else self.menu[: MOST_SHOWN - 1]

    @property
    def menu_further(self) -> tuple[MenuItem, ...]:
        """What would make the top bar wider than a page, behind a button."""
        return self.menu[len(self.menu_shown) :]

    @property
    def is_further(self) -> bool:
        """Whether the current page lies behind that button."""
        return any(item.current for item in self.menu_further)

    def _count(self, section: Section) -> int | None:
        return waiting_counts(self.actor)[""] if self.actor and section is TODAY else None

    @property
    def home(self) -> str:
        return reverse("home")

    @property
    def searches(self) -> bool:
        """Whether there is something to search for: pupils or cases with a page of their own."""
        return self.actor is not None and self.actor.role in SEARCHERS

    @property
    def presses(self) -> bool:
        """Whether somebody of this role may enrol a phone as a panic button."""
        return self.actor is not None and self.actor.role in PRESSERS

    @property
    def is_staff(self) -> bool:
        """Whether somebody works here: no parent, no pupil."""
        return self.actor is not None and self.actor.role in STAFF

    @property
    def here(self) -> str:
        """The address to come back to after a switch of language or theme."""
        return self.request.get_full_path()

    @property
    def language(self) -> str:
        return (get_language() or settings.LANGUAGE_CODE)[:2]

    @property
    def theme(self) -> str:
        user = self.request.user
        chosen = user.theme if user.is_authenticated else self.request.COOKIES.get("theme", "")
        return chosen if chosen in Theme.values else Theme.AUTO.value

    @property
    def acting_as(self) -> str:
        return membership_label(self.actor.membership) if self.actor else ""

    @cached_property
    def other_roles(self) -> list[tuple[int, str]]:
        """The memberships in force that one could act in instead, with their labels."""
        if self.actor is None:
            return []
        mine = self.actor.membership.pk
        return [(m.pk, membership_label(m)) for m in active_memberships(self.actor.user.pk) if m.pk != mine]

    @cached_property
    def unseen(self) -> int:
        return unread(self.request.user.pk) if self.request.user.is_authenticated else 0

    @property
    def cursor(self) -> str:
        """Where the page's live alerts go on from."""
        return str(present(self.request.user.pk)) if self.request.user.is_authenticated else ""

    @property
    def time_zone(self) -> str:
        """In which scripts show times, as the pages do, wherever the browser is."""
        return get_current_timezone_name()

    @property
    def idle_seconds(self) -> int:
        return int(settings.SESSION_IDLE.total_seconds())

    @property
    def texts(self) -> dict[str, Any]:
        """The words that scripts put together: lengths of time, with a form for each plural of the language."""
        days = {form: ngettext("%(days)s day", "%(days)s days", n) for form, n in (("one", 1), ("few", 2), ("many", 5))}
        return {
            "days": days | {"other": days["many"]},
            "hoursMinutes": gettext("%(hours)s h %(minutes)s min"),
            "hours": gettext("%(hours)s h"),
            "minutes": gettext("%(minutes)s min"),
        }


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}


def page_url(page: str) -> str | None:
    """The address of a page, or None where its room is not installed: without analytics the rest still works."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return None


def home_url(actor: Actor) -> str | None:
    """The first page of the role's menu that this installation has."""
    return next((url for section in MENUS[actor.role] if (url := page_url(section.page))), None)


def membership_label(membership: Membership) -> str:
    """«School psychologist, School No. 104», a class with its school; the role alone where the unit is the person."""
    role = membership.get_role_display()
    unit = membership.unit_name
    return gettext("%(role)s, %(unit)s") % {"role": role, "unit": unit} if unit else role
