"""Every key of the pages, in one place: the help page, the list behind ? and the tests read it here.

A page binds a key in its markup (`data-key`, pressed by `static/js/keys.js`) or in a script of its own. A test compares
both with this list. Keys are physical ones, as `KeyboardEvent.code` names them: on the Kazakh layout the digit row
types letters.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or several that do the like. "Control+Enter" is pressed together, "Digit*" is any digit shown."""

    codes: tuple[str, ...]
    does: "StrPromise"


@dataclass(frozen=True, slots=True)
class Place:
    """A page with keys of its own. `pages` are URL names; `templates` and `scripts` say where they are bound."""

    name: str
    title: "StrPromise"
    pages: tuple[str, ...]
    keys: tuple[Key, ...]
    templates: tuple[str, ...] = ()
    scripts: tuple[str, ...] = field(default=())


def key(does: "StrPromise", *codes: str) -> Key:
    return Key(codes, does)


SEARCH = key(_("search"), "Slash")
CURTAIN = key(_("cover the page; press it twice"), "Escape+Escape")
ROWS = key(_("previous or next row"), "ArrowUp", "ArrowDown")
CONFIRM = key(_("confirm"), "Control+Enter")
UNDO = key(_("undo what was just done, while it is offered"), "KeyZ")
TODAY_DAY = key(_("today"), "KeyT")

EVERYWHERE = Place(
    "everywhere",
    _("Everywhere"),
    (),
    (
        SEARCH,
        key(_("list of keys"), "Shift+Slash"),
        key(_("back, or close what is open"), "Escape"),
        CURTAIN,
        key(_("send the form in which one writes"), "Control+Enter"),
        UNDO,
    ),
    ("components/_undo.html",),
    ("keys.js", "curtain.js"),
)
FOUND = Place(
    "search",
    _("Search"),
    (),
    (
        ROWS,
        key(_("open it"), "Enter"),
        key(_("leave the search"), "Escape"),
    ),
    scripts=("search.js",),
)

PLACES = (
    Place(
        "today",
        _("Today"),
        ("triage:today",),
        (
            ROWS,
            key(_("open a case"), "Digit1"),
            key(_("link to a case"), "Digit2"),
            key(_("dismiss with a reason"), "Digit3"),
            key(_("details"), "Enter"),
            key(_("why it is dismissed, in the order shown"), "Digit*"),
            CONFIRM,
            key(_("back to the three decisions"), "Escape"),
        ),
        ("triage/",),
        ("triage/today.js",),
    ),
    Place(
        "signals",
        _("Signals"),
        ("analytics:signals",),
        (ROWS, key(_("open the signal"), "Enter")),
        ("analytics/signals.html",),
    ),
    Place(
        "signal",
        _("A signal"),
        ("analytics:signal", "analytics:signal-decide"),
        (
            key(_("open a case"), "Digit1"),
            key(_("link to the case"), "Digit2"),
            key(_("dismiss"), "Digit3"),
            CONFIRM,
        ),
        ("analytics/_decision.html",),
    ),
    Place(
        "disturbance",
        _("A clip of unusual motion"),
        ("analytics:disturbance",),
        (key(_("answer what it is, in the order shown"), "Digit*"),),
        ("analytics/disturbance.html",),
    ),
    Place(
        "case",
        _("A case"),
        ("cases:detail", "cases:note"),
        (
            key(_("new note"), "KeyN"),
            key(_("save the note"), "Control+Enter"),
            key(_("new task"), "KeyT"),
            key(_("new appointment"), "KeyA"),
            key(_("assess the risk"), "KeyR"),
            key(_("move the case to another stage"), "KeyS"),
            key(_("give a questionnaire"), "KeyQ"),
            key(_("add a file"), "KeyF"),
            key(_("a paper for a meeting"), "KeyP"),
        ),
        ("cases/", "appointments/_of_case.html", "instruments/_card.html", "attachments/_card.html"),
    ),
    Place(
        "calendar",
        _("Calendar"),
        ("appointments:calendar",),
        (
            key(_("new appointment"), "KeyN"),
            key(_("day or week"), "KeyD", "KeyW"),
            TODAY_DAY,
            key(_("earlier or later"), "ArrowLeft", "ArrowRight"),
            ROWS,
        ),
        ("appointments/_calendar.html", "appointments/_nav.html"),
    ),
    Place(
        "appointment",
        _("An appointment"),
        ("appointments:detail", "appointments:held", "appointments:not-come", "appointments:off"),
        (
            key(_("it was held"), "KeyH"),
            key(_("not held: they did not come"), "KeyX"),
            key(_("change or move"), "KeyM"),
        ),
        ("appointments/detail.html",),
    ),
    Place(
        "rooms",
        _("Taken rooms"),
        ("appointments:rooms",),
        (TODAY_DAY, key(_("day before or after"), "ArrowLeft", "ArrowRight")),
        ("appointments/rooms.html",),
    ),
    Place(
        "console",
        _("Alarms"),
        ("alarms:console", "alarms:detail"),
        (
            ROWS,
            key(_("open the alarm"), "Enter"),
            key(_("accept"), "F2"),
            key(_("patrol sent"), "F3"),
            key(_("patrol arrived"), "F4"),
            key(_("say what it is, in the order shown"), "Digit*"),
            key(_("close the alarm"), "F8"),
        ),
        ("alarms/_list.html", "alarms/_detail.html", "alarms/_locked.html"),
        ("alarms/console.js",),
    ),
    Place(
        "notice",
        _("A report of an alarm"),
        ("alarms:notice",),
        (key(_("answer what it was, in the order shown"), "Digit*"),),
        ("alarms/notice.html",),
    ),
    Place(
        "seats",
        _("Seats on a still"),
        ("analytics:seat-plan",),
        (
            key(_("select"), "KeyV"),
            key(_("new seat"), "KeyN"),
            key(_("as the analysis sees it"), "KeyM"),
            key(_("close the shape; without points draw a ready one"), "Enter", "NumpadEnter"),
            key(_("set a point at the cross"), "Space"),
            key(_("next point, with Shift the one before"), "Tab"),
            key(_("next seat or the one before"), "PageDown", "PageUp"),
            key(_("move by 1 point, with Shift by 10"), "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"),
            key(_("delete the point or the seat"), "Delete", "Backspace"),
            key(_("cancel"), "Escape"),
            key(_("undo, with Shift redo"), "Control+KeyZ"),
            key(_("redo"), "Control+KeyY"),
            key(_("save"), "Control+KeyS"),
        ),
        scripts=("seats/keyboard.js", "seats/editor.js"),
    ),
    Place(
        "panic",
        _("Panic button"),
        ("panic:panic", "alarms:own-phone"),
        (key(_("hold it down to call help"), "Space", "Enter"),),
        scripts=("panic/page.js",),
    ),
)
