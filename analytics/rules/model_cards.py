"""The cards that come with the product, by feature, and how their figures read."""

from typing import Any, Final

from analytics.enums import Feature
from analytics.rules import builtin_card, motion_card

CARDS: Final[dict[Feature, dict[str, Any]]] = {
    Feature.MOOD: builtin_card.CARD,
    Feature.DISTURBANCE: motion_card.CARD,
}
THRESHOLDS: Final = builtin_card.THRESHOLDS | motion_card.LABELS
