"""What stands around every page: the menu of the acting role, the languages, the other roles, the alerts.

Part of the composition root, so it may name the pages of every room. It costs nothing until a template asks.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, gettext, ngettext

from caseflow.accounts.models import Theme
from caseflow.alarms.services.enrolling import PRESSERS
from caseflow.clocks.models import DutyCall
from caseflow.clocks.selectors.duty import RUNG_ROLES, open_calls_around
from caseflow.clocks.selectors.table import STAFF
from caseflow.directory.actors import Actor
from caseflow.directory.guards import SEARCHERS
from caseflow.directory.models import Membership
from caseflow.keys.bindings import Key
from caseflow.keys.selectors import keys_on
from caseflow.menus import MENUS, TODAY, Section
from caseflow.triage.selectors.queue import waiting_counts
from notifications.selectors import present, unread

MOST_SHOWN = 6  # sections, beside search, languages and the person, at 1440 pixels in the longest language
LANGUAGES = (("kk", "Қаз"), ("ru", "Рус"), ("en", "Eng"))


@dataclass(frozen=True, slots=True)
class MenuItem:
    """`count` is what waits there for the person; None where nothing is counted."""

    section: Section
    url: str
    current: bool
    count: int | None = None


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
    def keys(self) -> tuple[Key, ...]:
        """The keys of this page."""
        match = self.request.resolver_match
        return keys_on(match.view_name if match else "", self.actor.role if self.actor else None)

    @property
    def presses(self) -> bool:
        """Whether somebody of this role may enrol a phone as a panic button."""
        return self.actor is not None and self.actor.role in PRESSERS

    @property
    def is_rung(self) -> bool:
        """Whether somebody of this role can be rung while on duty."""
        return self.actor is not None and self.actor.role in RUNG_ROLES

    @cached_property
    def duty_calls(self) -> list[DutyCall]:
        """The duty calls that stand at the top of every page of whoever was rung."""
        return open_calls_around(self.actor) if self.actor and self.is_rung else []

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
        mine, memberships = self.actor.membership.pk, getattr(self.request, "memberships", ())
        return [(m.pk, membership_label(m)) for m in memberships if m.pk != mine]

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
