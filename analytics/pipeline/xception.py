"""mini-XCEPTION trained on FER2013 (Arriaga et al., arXiv:1710.07557), the TFLite file of the package `fer`."""

from collections.abc import Mapping
from typing import Final

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter

from analytics.pipeline.alignment import grey_of
from analytics.pipeline.images import Image
from analytics.pipeline.packs import Expression

INPUT_PX: Final = 64
LABELS: Final = (
    Expression.ANGER,
    Expression.DISGUST,
    Expression.FEAR,
    Expression.HAPPINESS,
    Expression.SADNESS,
    Expression.SURPRISE,
    Expression.NEUTRAL,
)


class MiniXception:
    """ExpressionModel of seven classes; it knows no contempt. Grey 64x64, values -1..1."""

    in_colour = False

    def __init__(self, model: bytes) -> None:
        self._interpreter = Interpreter(model_content=model, num_threads=1)
        self._interpreter.allocate_tensors()
        # The interpreter's own memory, which nobody may hold while it works.
        self._input = self._interpreter.tensor(self._interpreter.get_input_details()[0]["index"])
        self._output = self._interpreter.get_output_details()[0]["index"]

    def distribution(self, face: Image) -> Mapping[Expression, float]:
        grey = cv2.resize(grey_of(face), (INPUT_PX, INPUT_PX), interpolation=cv2.INTER_AREA)
        values = self._input()[0, :, :, 0]
        np.divide(grey, np.float32(127.5), out=values)
        np.subtract(values, np.float32(1), out=values)
        del values
        self._interpreter.invoke()
        shares = self._interpreter.get_tensor(self._output)[0].astype(np.float64)
        return dict(zip(LABELS, (shares / shares.sum()).tolist(), strict=True))
