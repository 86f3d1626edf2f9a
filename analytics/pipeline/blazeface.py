"""BlazeFace short range (Bazarevsky et al., arXiv:1907.05047), the TFLite file of MediaPipe, one thread."""

from math import inf, log
from typing import Final, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from analytics.pipeline.images import Image
from analytics.pipeline.packs import Face

INPUT_PX: Final = 128
# (grid cells a side, boxes a cell): stride 8 twice, then three layers of stride 16 twice each; 896 boxes in all.
# Source: mediapipe/modules/face_detection/face_detection_short_range_common.pbtxt
LAYERS: Final = ((16, 2), (8, 6))
RAW_SCORE_LIMIT: Final = 80.0  # MediaPipe clips at 100, which overflows exp() in single precision
LOGIT_TOLERANCE: Final = 1e-3  # raw scores are held against that of the least share first, for few are worth an exp()
NEARLY_ONE: Final = 0.999  # above it that tolerance is less than the rounding of a share
SAME_FACE_OVERLAP: Final = 0.3
EPSILON: Final = np.finfo(np.float32).eps
Floats: TypeAlias = npt.NDArray[np.float32]


class BlazeFace:
    """FaceDetector for faces that fill about 1/8 to 2/3 of the image's longer side."""

    def __init__(self, model: bytes) -> None:
        self._interpreter = Interpreter(model_content=model, num_threads=1)
        self._interpreter.allocate_tensors()
        boxes, scores = (output["index"] for output in self._interpreter.get_output_details())
        # Each gives the interpreter's own memory, which nobody may hold while it works.
        self._input = self._interpreter.tensor(self._interpreter.get_input_details()[0]["index"])
        self._boxes, self._scores = self._interpreter.tensor(boxes), self._interpreter.tensor(scores)
        self._anchors = anchors()

    def detect(self, image: Image, min_score: float) -> list[Face]:
        square, scale, offset = letterbox(image)
        raw_boxes, centres, scores = self._infer(square, min_score)
        faces = [
            _face((row * INPUT_PX - offset) / scale, score)
            for row, score in zip(*suppress(self._points(raw_boxes, centres), scores), strict=True)
        ]
        return [face for face in faces if face.width_px > 0 and face.height_px > 0]

    def _infer(self, square: Image, min_score: float) -> tuple[Floats, Floats, Floats]:
        """Of the boxes that score at least `min_score`: as the model gives them, their centres, their scores."""
        values = self._input()[0]
        np.divide(cv2.cvtColor(square, cv2.COLOR_BGR2RGB), np.float32(127.5), out=values)
        np.subtract(values, np.float32(1), out=values)
        del values
        self._interpreter.invoke()
        raw_scores = self._scores()[0, :, 0]
        likely = (raw_scores >= _logit(min_score) - LOGIT_TOLERANCE).nonzero()[0]
        scores = _sigmoid(raw_scores[likely])
        enough = scores >= min_score
        likely = likely[enough]
        return self._boxes()[0].take(likely, axis=0), self._anchors.take(likely, axis=0), scores[enough]

    @staticmethod
    def _points(raw_boxes: Floats, centres: Floats) -> Floats:
        """(n, 8, 2): upper left and lower right corner, then six key points, as shares of the square."""
        points: Floats = raw_boxes.reshape(-1, 8, 2) / np.float32(INPUT_PX)
        half = points[:, 1] / np.float32(2)
        points += centres[:, np.newaxis]
        points[:, 1] = points[:, 0] + half
        points[:, 0] -= half
        return points


def anchors() -> Floats:
    """(896, 2) centres of the boxes as shares of the square, in the order of the model's output."""
    rows = [
        ((x + 0.5) / cells, (y + 0.5) / cells)
        for cells, boxes in LAYERS
        for y in range(cells)
        for x in range(cells)
        for _ in range(boxes)
    ]
    return np.array(rows, dtype=np.float32)


def letterbox(image: Image) -> tuple[Image, float, Floats]:
    """The image scaled into the middle of a black square, the scale, and the (x, y) offset of its corner in it."""
    height, width = image.shape[:2]
    scale = INPUT_PX / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    left, top = (INPUT_PX - size[0]) // 2, (INPUT_PX - size[1]) // 2
    square = np.zeros((INPUT_PX, INPUT_PX, 3), dtype=np.uint8)
    within = square[top : top + size[1], left : left + size[0]]
    # As MediaPipe does; only where that would pass pixels over are they averaged, which takes six times as long.
    cv2.resize(image, size, within, interpolation=cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR)
    return square, scale, np.array([left, top], dtype=np.float32)


def suppress(points: Floats, scores: Floats) -> tuple[list[Floats], list[float]]:
    """Non-maximum suppression as MediaPipe does it: boxes that overlap the best one are averaged by their scores."""
    kept_points: list[Floats] = []
    kept_scores: list[float] = []
    order = (-scores).argsort(kind="stable")
    points, scores = points[order], scores[order]
    while scores.size:
        same = overlap(points[0], points) > SAME_FACE_OVERLAP
        same[0] = True
        weights = scores[same]
        kept_points.append((weights / weights.sum() @ points[same].reshape(weights.size, -1)).reshape(-1, 2))
        kept_scores.append(float(scores[0]))
        points, scores = points[~same], scores[~same]
    return kept_points, kept_scores


def overlap(one: Floats, many: Floats) -> Floats:
    """Intersection over union of one box with many; a box is the first two points, its corners."""
    inner = np.maximum(np.minimum(one[1], many[:, 1]) - np.maximum(one[0], many[:, 0]), np.float32(0))
    sizes, own = many[:, 1] - many[:, 0], one[1] - one[0]
    intersection = inner[:, 0] * inner[:, 1]
    union = own[0] * own[1] + sizes[:, 0] * sizes[:, 1] - intersection
    shares: Floats = intersection / np.maximum(union, EPSILON)
    return shares


def _logit(share: float) -> float:
    held = min(share, NEARLY_ONE)
    return log(held / (1 - held)) if held > 0 else -inf


def _sigmoid(logits: Floats) -> Floats:
    shares: Floats = np.float32(1) / (np.float32(1) + np.exp(-logits.clip(-RAW_SCORE_LIMIT, RAW_SCORE_LIMIT)))
    return shares


def _face(points_px: Floats, score: float) -> Face:
    (left, top), (right, bottom), first_eye, second_eye, nose = points_px[:5].tolist()
    left_eye, right_eye = sorted((tuple(first_eye), tuple(second_eye)))
    return Face(left, top, right - left, bottom - top, score, left_eye, right_eye, tuple(nose))
