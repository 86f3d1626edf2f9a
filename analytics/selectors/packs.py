"""The model packs of this installation, and what may be done with each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from analytics.enums import Feature, PackState
from analytics.models import ModelCard
from analytics.pipeline.disturbance.card import PACK as MOTION_PACK
from analytics.rules.cards import is_overdue, missing_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class ListedPack:
    """A pack by its card; `missing` is what the card lacks before the pack may be used."""

    card: ModelCard
    state: PackState
    missing: "tuple[StrOrPromise, ...]"

    @property
    def in_use(self) -> bool:
        return self.state in (PackState.ANALYSES, PackState.SECOND)


def cards_of(feature: Feature) -> QuerySet[ModelCard]:
    """The cards for that feature."""
    of_motion = Q(pack=MOTION_PACK)
    return ModelCard.objects.filter(of_motion if feature == Feature.DISTURBANCE else ~of_motion)


def listed_packs(feature: Feature, current: ModelCard | None, second: ModelCard | None) -> list[ListedPack]:
    """Every pack for that feature, the one that works first (1 query)."""
    cards = cards_of(feature)
    listed = [ListedPack(card, _state(card, current, second), tuple(missing_of(card))) for card in cards]
    order = list(PackState)
    return sorted(listed, key=lambda pack: (order.index(pack.state), pack.card.slug))


def _state(card: ModelCard, current: ModelCard | None, second: ModelCard | None) -> PackState:
    if card == current:
        return PackState.ANALYSES
    if card == second:
        return PackState.SECOND
    if missing_of(card):
        return PackState.DRAFT
    return PackState.OVERDUE if is_overdue(card) else PackState.READY
