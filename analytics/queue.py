"""What lower rooms ask of this one by name: how its items read, where their details are, which may be shown,
where they were seen, and what of them can be sent to the police centre."""

from analytics.rules import disturbances
from analytics.rules.wordings import LINE, QUALITY, QUALITY_CODES, TITLE, TITLE_CODE
from caseflow.alarms import sendable
from caseflow.triage import details, places, readable, wording
from caseflow.triage.enums import ItemKind


def register() -> None:
    """Tell the queue about signals and unusual motion."""
    wording.register(TITLE_CODE, title=TITLE, line=LINE, icon="activity")
    for code in QUALITY_CODES.values():
        wording.register_quality(code, QUALITY)
    details.register(ItemKind.SIGNAL, "analytics:signal")
    places.register(ItemKind.SIGNAL, "analytics.selectors.signals.places_of_items")
    readable.register(ItemKind.SIGNAL, "analytics.selectors.signals.readable_items")
    wording.register(disturbances.TITLE_CODE, title=disturbances.TITLE, line=disturbances.LINE, icon="video")
    wording.register_quality(disturbances.QUALITY_CODE, disturbances.QUALITY)
    details.register(ItemKind.DISTURBANCE, "analytics:disturbance")
    places.register(ItemKind.DISTURBANCE, "analytics.selectors.disturbances.places_of_items")
    sendable.register(disturbances.KIND, title=disturbances.TITLE, url_name="analytics:disturbance-sent")
