"""What lower rooms ask of this one by name: its clocks, its lines in a chronology."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.keeping import ask_before_closing, keep_cases, keep_refs
from caseflow.cases.wordings import link_refs, name_entry
from caseflow.clocks.watchers import find_targets, watch
from caseflow.triage.services.correcting import CORRECTED
from caseflow.triage.services.deciding import LINKED
from caseflow.triage.services.undoing import UNLINKED
from notifications.texts import name_codes

WATCHED = ("psych_assessment", "signal_review", "disturbance_review", "legal_assessment")


def register_texts() -> None:
    """Tell clocks, cases and notifications how items read."""
    for prefix in WATCHED:
        watch(prefix, "caseflow.triage.services.watching.tell_of_clocks")
        find_targets(prefix, "caseflow.triage.services.climbing.targets_of_items")
    assessment = _("psychological assessment")
    levels = ("acute", "high", "moderate", "low")
    name_codes("clock", [(f"psych_assessment_{level}", assessment) for level in levels])
    name_codes("clock", [("signal_review", _("review of a signal")), ("legal_assessment", _("legal assessment"))])
    name_codes("clock", [("disturbance_review", _("a look at unusual motion"))])
    name_entry(LINKED, _("Linked from Today"))
    name_entry(CORRECTED, _("The data under a signal were corrected"))
    name_entry(UNLINKED, _("Link taken back"))
    link_refs("triage", "triage:item")
    keep_cases("caseflow.triage.selectors.kept.cases_kept")
    keep_refs("caseflow.triage.selectors.kept.refs_kept")
    ask_before_closing("caseflow.triage.selectors.kept.refusal_to_close")
