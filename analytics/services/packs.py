"""The models of a card."""

from typing import Final

from analytics.models import ModelCard
from analytics.pipeline.builtin import BUILTIN_CARD, load_builtin_pack
from analytics.pipeline.errors import ModelChanged
from analytics.pipeline.packs import ModelPack
from analytics.pipeline.quality import Thresholds

CARD_THRESHOLDS: Final = ("min_score", "min_face_height_px", "min_sharpness", "max_nose_offset")


def load_pack(card: ModelCard) -> ModelPack:
    """The models that the card is of; call it once in each thread. Raises ModelMissing or ModelChanged."""
    if (card.pack, card.version) != (BUILTIN_CARD.name, BUILTIN_CARD.version):
        raise ModelChanged(f"{BUILTIN_CARD.name} {BUILTIN_CARD.version}")
    return load_builtin_pack()


def thresholds_of(card: ModelCard) -> Thresholds:
    """The observation gate with the figures of the card."""
    return Thresholds(**{name: card.thresholds[name] for name in CARD_THRESHOLDS})
