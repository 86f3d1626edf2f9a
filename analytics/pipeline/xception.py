"""mini-XCEPTION trained on FER2013 (Arriaga et al., arXiv:1710.07557), the TFLite file of the package `fer`."""

from collections.abc import Mapping
from typing import Final

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter

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

    def __init__(self, model: bytes) -> None:
        self._interpreter = Interpreter(model_content=model, num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]

    def distribution(self, face: Image) -> Mapping[Expression, float]:
        grey = cv2.resize(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), (INPUT_PX, INPUT_PX), interpolation=cv2.INTER_AREA)
        self._interpreter.set_tensor(self._input, grey[np.newaxis, :, :, np.newaxis].astype(np.float32) / 127.5 - 1.0)
        self._interpreter.invoke()
        shares = self._interpreter.get_tensor(self._output)[0].astype(np.float64)
        return dict(zip(LABELS, (shares / shares.sum()).tolist(), strict=True))
