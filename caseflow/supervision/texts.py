"""What lower rooms ask of this one by name: its clocks, its drafts, and its part of a paper for a meeting."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.enclosing import enclose
from caseflow.clocks.matters import kept, looks
from caseflow.clocks.watchers import find_targets, watch
from caseflow.supervision.drafting import register_drafts
from caseflow.supervision.rules import CLOCK
from notifications.texts import name_codes

NOTES = "caseflow.supervision.selectors.notes"


def register() -> None:
    watch(CLOCK, "caseflow.supervision.services.clocks.tell_of_agreements")
    find_targets(CLOCK, "caseflow.supervision.services.clocks.targets_of_agreement")
    looks.add(CLOCK, f"{NOTES}.looks_at_agreements")
    kept.add(CLOCK, f"{NOTES}.kept_agreement_clocks")
    name_codes("clock", [(CLOCK, _("something agreed in a supervision"))])
    enclose("supervision", _("Notes of supervision"), f"{NOTES}.enclosed_notes")
    register_drafts()
