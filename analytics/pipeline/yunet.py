"""YuNet (Wu et al., Machine Intelligence Research 2023), the ONNX files of opencv_zoo."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from analytics.pipeline.errors import ModelFailsTrial
from analytics.pipeline.images import Image
from analytics.pipeline.onnx_network import Floats, Network, require_shape
from analytics.pipeline.packs import Face
from analytics.pipeline.scaling import at_most

STRIDES: Final = (8, 16, 32)
# numbers for each point of the grid: class, object, box, five key points
HEADS: Final = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
# It was trained on faces of 10 to 300 px. In a seat a face has two fifths of the height: 128 of 320.
LONGEST_PX: Final = 320
SAME_FACE_OVERLAP: Final = 0.3
# Its box begins at the hairline and that of BlazeFace, which every threshold is measured on, at the brows. Their
# heights are 1.26 to 1 (22 faces of public pictures, standard deviation 0.10) and their bottoms the same.
ABOVE_BROWS: Final = 0.2


@dataclass(frozen=True)
class _Grid:
    """A picture as the network gets it: in the upper left corner of `width_px` x `height_px`, scaled by `scale`."""

    width_px: int
    height_px: int
    scale: float


class YuNet:
    """FaceDetector of one input size, where the file fixes it, or of any multiple of 32."""

    def __init__(self, content: bytes) -> None:
        """Raises ModelFailsTrial or ModelOfAnotherKind."""
        self._network = Network(content)
        self._input = self._network.only_input(1, 3, None, None)
        height_px, width_px = (self._network.inputs[self._input] or (None,) * 4)[2:]
        self._fixed = (width_px, height_px) if width_px and height_px else None
        for stride in STRIDES:
            for head, size in HEADS.items():
                name = f"{head}_{stride}"
                require_shape(f"output {name}", self._network.outputs.get(name), (1, None, size))

    def detect(self, image: Image, min_score: float) -> list[Face]:
        """Raises ModelFailsTrial where what comes out has not the size it should have."""
        picture, grid = self._picture(image)
        found = self._network.run(self._input, picture)
        rows = np.concatenate([_decoded(found, stride, grid, min_score) for stride in STRIDES])
        return [_face(row, grid.scale) for row in _without_repeats(rows)]

    def _picture(self, image: Image) -> tuple[Floats, _Grid]:
        small = at_most(image, min(LONGEST_PX, *self._fixed) if self._fixed else LONGEST_PX)
        height_px, width_px = small.shape[:2]
        grid_width, grid_height = self._fixed or (_whole(width_px), _whole(height_px))
        canvas = np.zeros((1, 3, grid_height, grid_width), dtype=np.float32)
        canvas[0, :, :height_px, :width_px] = small.transpose(2, 0, 1)
        return canvas, _Grid(grid_width, grid_height, max(height_px, width_px) / max(image.shape[:2]))


def _whole(size_px: int) -> int:
    """The next multiple of the largest stride."""
    return -(-size_px // STRIDES[-1]) * STRIDES[-1]


def _decoded(found: Mapping[str, Floats], stride: int, grid: _Grid, min_score: float) -> Floats:
    """(n, 15): score, left, top, width, height, then five points, in the network's pixels.

    As cv::FaceDetectorYN decodes it (opencv/modules/objdetect/src/face_detect.cpp).
    """
    columns, count = grid.width_px // stride, (grid.width_px // stride) * (grid.height_px // stride)
    heads = {head: found[f"{head}_{stride}"] for head in HEADS}
    if any(values.shape != (1, count, HEADS[head]) for head, values in heads.items()):
        raise ModelFailsTrial(f"no {count} points at stride {stride}")
    scores = np.sqrt(np.clip(heads["cls"][0, :, 0], 0, 1) * np.clip(heads["obj"][0, :, 0], 0, 1))
    (likely,) = np.nonzero(scores >= min_score)
    places = np.stack([likely % columns, likely // columns], axis=1).astype(np.float32)
    box, points = heads["bbox"][0, likely], heads["kps"][0, likely].reshape(-1, 5, 2)
    centres, sizes = (places + box[:, :2]) * stride, np.exp(np.minimum(box[:, 2:], 10)) * stride
    marks = (points + places[:, np.newaxis]) * stride
    rows: Floats = np.concatenate(
        [scores[likely, np.newaxis], centres - sizes / 2, sizes, marks.reshape(-1, 10)], axis=1
    ).astype(np.float32, copy=False)
    return rows


def _without_repeats(rows: Floats) -> Floats:
    boxes, scores = rows[:, 1:5].tolist(), rows[:, 0].tolist()
    kept: Floats = rows[np.asarray(cv2.dnn.NMSBoxes(boxes, scores, 0.0, SAME_FACE_OVERLAP), dtype=int)]
    return kept


def _face(row: Floats, scale: float) -> Face:
    score = float(row[0])
    left, top, width, height, *points = (row[1:] / scale).tolist()
    first_eye, second_eye = (points[0], points[1]), (points[2], points[3])
    left_eye, right_eye = sorted((first_eye, second_eye))
    forehead = height * ABOVE_BROWS
    return Face(left, top + forehead, width, height - forehead, score, left_eye, right_eye, nose=(points[4], points[5]))
