"""What lower rooms ask of this one by name: how its items read, where their details are, which may be shown,
and where they were seen."""

from analytics.rules.wordings import LINE, QUALITY, QUALITY_CODES, TITLE, TITLE_CODE
from caseflow.triage import details, places, readable, wording
from caseflow.triage.enums import ItemKind


def register() -> None:
    """Tell the queue about signals."""
    wording.register(TITLE_CODE, title=TITLE, line=LINE, icon="activity")
    for code in QUALITY_CODES.values():
        wording.register_quality(code, QUALITY)
    details.register(ItemKind.SIGNAL, "analytics:signal")
    places.register(ItemKind.SIGNAL, "analytics.selectors.signals.places_of_items")
    readable.register(ItemKind.SIGNAL, "analytics.selectors.signals.readable_items")
