"""An expression network in an ONNX file, of one of the known layouts."""

from collections.abc import Mapping
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from analytics.pipeline.errors import ModelFailsTrial, ModelOfAnotherKind
from analytics.pipeline.images import Image
from analytics.pipeline.layouts import ExpressionLayout
from analytics.pipeline.onnx_network import Floats, Network, require_shape
from analytics.pipeline.packs import Expression

ROUNDING: Final = 1e-3  # by which probabilities may miss the sum of 1


class ExpressionNetwork:
    """ExpressionModel."""

    in_colour = True

    def __init__(self, content: bytes, layout: ExpressionLayout) -> None:
        """Raises ModelFailsTrial or ModelOfAnotherKind."""
        self._network, self._layout = Network(content), layout
        self._input = self._network.only_input(1, 3, layout.input_px, layout.input_px)
        if len(self._network.outputs) != 1:
            raise ModelOfAnotherKind(f"{len(self._network.outputs)} outputs")
        ((self._output, shape),) = self._network.outputs.items()
        require_shape(f"output {self._output}", shape, (1, layout.outputs))

    def distribution(self, face: Image) -> Mapping[Expression, float]:
        """Raises ModelFailsTrial where no distribution comes out."""
        layout, size = self._layout, (self._layout.input_px, self._layout.input_px)
        shrinks = size[0] < face.shape[0]
        sized = cv2.resize(face, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
        levels = cv2.cvtColor(sized, cv2.COLOR_BGR2RGB).astype(np.float64)
        values = (levels - np.asarray(layout.mean)) / np.asarray(layout.deviation)
        picture: Floats = np.ascontiguousarray(values.transpose(2, 0, 1)[np.newaxis], dtype=np.float32)
        found = self._network.run(self._input, picture)[self._output]
        if found.shape != (1, layout.outputs) or not np.isfinite(found).all():
            raise ModelFailsTrial("no number for each expression")
        shares = self._shares(found[0, : len(layout.labels)].astype(np.float64))
        return dict(zip(layout.labels, shares, strict=True))

    def _shares(self, numbers: npt.NDArray[np.float64]) -> list[float]:
        if self._layout.logits:
            numbers = np.exp(numbers - numbers.max())
        elif numbers.min() < -ROUNDING or abs(numbers.sum() - 1) > ROUNDING:
            raise ModelFailsTrial("no probabilities")
        positive = numbers.clip(min=0)
        shares: list[float] = (positive / positive.sum()).tolist()
        return shares
