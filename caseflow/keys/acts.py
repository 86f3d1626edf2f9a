"""What is done most often, and how many clicks it takes from the page on which it is done.

Counted are the clicks, or the keys instead, from the page to the act itself. What has to be written, ticked or chosen
in a list is not counted, since no page can do it for a person. A browser test walks each of them and counts.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_CLICKS = 2


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done often. `place` names the page in `bindings`; `keys` are pressed one after the other."""

    name: str
    place: str
    title: "StrPromise"
    clicks: int
    keys: tuple[str, ...] = ()


SEND = "Control+Enter"
ACTS = (
    Act("search", "everywhere", _("Open a case or a pupil by name"), 2, ("Slash", "ArrowDown", "Enter")),
    Act("undo", "everywhere", _("Undo what was just done"), 1, ("KeyZ",)),
    Act("open-case", "today", _("Open a case from an item"), 1, ("Digit1",)),
    Act("link", "today", _("Link an item to the pupil's case"), 1, ("Digit2",)),
    Act("dismiss", "today", _("Dismiss an item with a reason"), 2, ("Digit3", SEND)),
    Act("details", "today", _("Look at the details of an item"), 1, ("Enter",)),
    Act("done", "today", _("Complete a task"), 2),
    Act("held", "today", _("Say that an appointment was held"), 2),
    Act("open-signal", "signals", _("Open a signal"), 1, ("Enter",)),
    Act("decide-signal", "signal", _("Decide on a signal"), 2, ("Digit1", SEND)),
    Act("note", "case", _("Write a note"), 2, ("KeyN", SEND)),
    Act("task", "case", _("Give a task"), 2, ("KeyT", SEND)),
    Act("done-in-case", "case", _("Complete a task"), 2),
    Act("book", "case", _("Book an appointment"), 2, ("KeyA", SEND)),
    Act("risk", "case", _("Assess the risk"), 2, ("KeyR", SEND)),
    Act("stage", "case", _("Move a case to another stage"), 2, ("KeyS", SEND)),
    Act("referral", "case", _("Begin a referral"), 1),
    Act("questionnaire", "case", _("Give a questionnaire"), 2),
    Act("paper", "case", _("Print a paper for a meeting"), 2, ("KeyP", SEND)),
    Act("file", "case", _("Add a file"), 2),
    Act("book-free", "calendar", _("Book a free time"), 2),
    Act("held-here", "appointment", _("Say that it was held"), 1, ("KeyH",)),
    Act("not-come", "appointment", _("Say that nobody came"), 1, ("KeyX",)),
    Act("move", "appointment", _("Move it to another time"), 2, ("KeyM", SEND)),
    Act("journal", "appointment", _("Write into the journal what was done"), 1, (SEND,)),
    Act("measure", "plans", _("Add a measure to the support plan"), 2),
    Act("hand-over", "work", _("Hand work over to a colleague"), 2),
)
