"""From the bytes of a file and the name of its layout to a model. Whether they are the pinned ones is known before."""

from analytics.pipeline.blazeface import BlazeFace
from analytics.pipeline.errors import ModelOfAnotherKind
from analytics.pipeline.expression_network import ExpressionNetwork
from analytics.pipeline.layouts import BLAZEFACE, MINI_XCEPTION, NETWORKS, YUNET
from analytics.pipeline.packs import ExpressionModel, FaceDetector
from analytics.pipeline.xception import MiniXception
from analytics.pipeline.yunet import YuNet


def load_detector(content: bytes, layout: str) -> FaceDetector:
    """Raises ModelRefused."""
    if layout == YUNET:
        return YuNet(content)
    if layout == BLAZEFACE:
        return BlazeFace(content)
    raise ModelOfAnotherKind(f"{layout} finds no faces")


def load_expression(content: bytes, layout: str) -> ExpressionModel:
    """Raises ModelRefused."""
    if layout == MINI_XCEPTION:
        return MiniXception(content)
    if layout in NETWORKS:
        return ExpressionNetwork(content, NETWORKS[layout])
    raise ModelOfAnotherKind(f"{layout} tells no expressions")
