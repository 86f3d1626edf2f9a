"""What lower rooms ask of this one by name: its clocks, its lines in a chronology."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from caseflow.cases.keeping import ask_before_closing, keep_cases, keep_refs
from caseflow.cases.wordings import link_refs, name_entry
from caseflow.clocks.matters import changes, kept, looks, matters, steps
from caseflow.clocks.texts import TARGETS
from caseflow.clocks.watchers import find_targets, watch
from caseflow.triage import conflicts
from caseflow.triage.services.correcting import CORRECTED
from caseflow.triage.services.deciding import LINKED
from caseflow.triage.services.item_clocks import MISSED, MISSED_ALONE
from caseflow.triage.services.undoing import UNLINKED
from notifications.texts import name_codes

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

CLOCKS = "caseflow.triage.services.item_clocks"
WATCHED = ("psych_assessment", "signal_review", "disturbance_review", "legal_assessment")


def register_texts() -> None:
    """Tell clocks, cases and notifications how items read."""
    for prefix in WATCHED:
        watch(prefix, "caseflow.triage.services.watching.tell_of_clocks")
        find_targets(prefix, "caseflow.triage.services.climbing.targets_of_items")
        steps.add(prefix, f"{CLOCKS}.chronicle_step")
        looks.add(prefix, f"{CLOCKS}.looks_at_items")
        kept.add(prefix, conflicts.KEPT)
    for prefix in ("psych_assessment", "signal_review"):
        matters.add(prefix, f"{CLOCKS}.matter_of_item")
        changes.add(prefix, f"{CLOCKS}.keep_item_in_step")
    name_codes("clock", clock_names().items())
    names = clock_names()
    name_entry(MISSED, _("A deadline was missed: %(clock)s. Told: %(whom)s"), whom=TARGETS, clock=names)
    name_entry(MISSED_ALONE, _("A deadline was missed, and nobody was there to be told: %(clock)s"), clock=names)
    name_entry(LINKED, _("Linked from Today"))
    name_entry(CORRECTED, _("The data under a signal were corrected"))
    name_entry(UNLINKED, _("Link taken back"))
    link_refs("triage", "triage:item")
    keep_cases("caseflow.triage.selectors.kept.cases_kept")
    keep_refs("triage", "caseflow.triage.selectors.kept.refs_kept")
    ask_before_closing("caseflow.triage.selectors.kept.refusal_to_close")


def clock_names() -> "dict[str, StrPromise]":
    """What the clocks of items are about."""
    levels = ("acute", "high", "moderate", "low")
    return {f"psych_assessment_{level}": _("psychological assessment") for level in levels} | {
        "signal_review": _("review of a signal"),
        "legal_assessment": _("legal assessment"),
        "disturbance_review": _("a look at unusual motion"),
    }
