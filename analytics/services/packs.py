"""The models of a card."""

from dataclasses import replace
from typing import Any, Final

from analytics.models import ModelCard
from analytics.pipeline.builtin import load_builtin_pack
from analytics.pipeline.errors import ModelChanged
from analytics.pipeline.layouts import Role
from analytics.pipeline.loading import load_detector, load_expression
from analytics.pipeline.packs import ExpressionModel, ModelFile, ModelPack, PackCard
from analytics.pipeline.quality import Thresholds
from analytics.rules.cards import is_builtin
from analytics.services.model_files import bytes_of

CARD_THRESHOLDS: Final = ("min_score", "min_face_height_px", "min_sharpness", "max_nose_offset")


def load_pack(card: ModelCard, second: ModelCard | None = None) -> ModelPack:
    """The models that the card is of, with the expression model of a second card; call it once in each thread.

    Raises ModelMissing, ModelChanged or ModelRefused.
    """
    pack = load_builtin_pack() if is_builtin(card) else _installed_pack(card)
    return pack if second is None else replace(pack, second=_expression(second))


def thresholds_of(card: ModelCard) -> Thresholds:
    """The observation gate with the figures of the card."""
    return Thresholds(**{name: card.thresholds[name] for name in CARD_THRESHOLDS})


def _installed_pack(card: ModelCard) -> ModelPack:
    detector, expression = _file(card, Role.DETECTOR), _file(card, Role.EXPRESSION)
    named = PackCard(card.pack, card.version, (ModelFile(**detector), ModelFile(**expression)))
    return ModelPack(named, load_detector(bytes_of(detector), detector["layout"]), _network(expression))


def _expression(card: ModelCard) -> ExpressionModel:
    return load_builtin_pack().expression if is_builtin(card) else _network(_file(card, Role.EXPRESSION))


def _network(file: dict[str, Any]) -> ExpressionModel:
    return load_expression(bytes_of(file), file["layout"])


def _file(card: ModelCard, role: Role) -> dict[str, Any]:
    """Raises ModelChanged for a card that says nothing of how its files are read, as one of an older product."""
    found = [file for file in card.files if file["role"] == role and "layout" in file]
    if len(found) != 1:
        raise ModelChanged(f"{card}: the pack of another version of the product")
    return dict(found[0])
