"""Videos and detectors made for the tests of the pipeline."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import av
import numpy as np

from analytics.pipeline.geometry import Outline
from analytics.pipeline.images import Image
from analytics.pipeline.packs import Expression, Face, ModelPack, PackCard
from analytics.pipeline.video import DecodeOutcome, SampledFrame, VideoInfo

INFO = VideoInfo(
    container="mov", codecs=("h264",), width_px=200, height_px=100, rotation_deg=0, fps=5.0, declared_s=20.0,
    declared_frames=100, probed_s=20.0, probed_frames=100, keyframes=20, largest_keyframe_gap_s=1.0, recorded_at=None,
)  # fmt: skip
OUTCOME = DecodeOutcome(20.0, 20, 0, keyframes_only=True, degradation="")
CARD = PackCard("test", "1", ())
SMILE = {Expression.HAPPINESS: 0.7, Expression.SADNESS: 0.2, Expression.NEUTRAL: 0.1}


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def frontal_face(left_px: float, top_px: float, height_px: float, score: float = 0.95) -> Face:
    """A square face that looks straight into the camera."""
    left_eye, middle, right_eye = (left_px + share * height_px for share in (0.3, 0.5, 0.7))
    eyes_px, nose_px = top_px + 0.4 * height_px, top_px + 0.6 * height_px
    points = (left_eye, eyes_px), (right_eye, eyes_px), (middle, nose_px)
    return Face(left_px, top_px, height_px, height_px, score, *points)


@dataclass
class ArraySource:
    """A FrameSource over arrays, one a second."""

    images: Sequence[Image]
    outcome: DecodeOutcome = OUTCOME
    frames_read: int = 0

    @property
    def info(self) -> VideoInfo:
        height_px, width_px = self.images[0].shape[:2]
        return replace(INFO, width_px=width_px, height_px=height_px, declared_s=float(len(self.images)))

    def frames(self) -> Iterator[SampledFrame]:
        for second, image in enumerate(self.images):
            self.frames_read += 1
            yield SampledFrame(float(second), image)


@dataclass
class ScriptedDetector:
    """Finds the given faces in every crop and remembers every array it was given."""

    faces: list[Face]
    seen: list[Image] = field(default_factory=list)

    def detect(self, image: Image, min_score: float) -> list[Face]:
        self.seen.append(image.copy())
        return [face for face in self.faces if face.score >= min_score]


@dataclass
class ScriptedExpression:
    shares: Mapping[Expression, float] = field(default_factory=lambda: SMILE)
    seen: list[Image] = field(default_factory=list)
    in_colour: bool = True

    def distribution(self, face: Image) -> Mapping[Expression, float]:
        self.seen.append(face.copy())
        return self.shares


def scripted_pack(*faces: Face) -> tuple[ModelPack, ScriptedDetector, ScriptedExpression]:
    detector, expression = ScriptedDetector(list(faces)), ScriptedExpression()
    return ModelPack(CARD, detector, expression), detector, expression


def textured(width_px: int, height_px: int, seed: int = 0) -> Image:
    """Noise, so that nothing counts as blurred; blue is never 255, which the tests keep for forbidden pixels."""
    return np.random.default_rng(seed).integers(0, 250, (height_px, width_px, 3), dtype=np.uint8)


def write_video(
    path: Path,
    images: Iterable[Image],
    *,
    fps: int = 5,
    codec: str = "libx264",
    gop: int = 5,
    rotation_deg: int = 0,
    metadata: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    coding: Mapping[str, str] | None = None,
) -> Path:
    with av.open(path, "w", options=dict(options or {})) as container:
        container.metadata.update(metadata or {})
        stream = container.add_stream(codec, rate=fps, options={"sc_threshold": "0", **(coding or {})})
        assert isinstance(stream, av.VideoStream)
        for number, image in enumerate(images):
            if number == 0:
                stream.height, stream.width, stream.pix_fmt = image.shape[0], image.shape[1], "yuv420p"
                stream.codec_context.gop_size = gop
                if rotation_deg:
                    stream.set_display_rotation(rotation_deg)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode())
    return path


def write_sound(path: Path) -> Path:
    """A second of silence without any picture."""
    with av.open(path, "w") as container:
        stream = container.add_stream("aac", rate=8000)
        assert isinstance(stream, av.AudioStream)
        for _ in range(8):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
            frame.sample_rate = 8000
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def packet_positions(path: Path, *, keyframes: bool = True) -> list[tuple[int, int]]:
    """(position, size) in the file of the picture's packets."""
    with av.open(path) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    return [(p.pos or 0, p.size) for p in packets if p.is_keyframe or not keyframes]


def overwrite(path: Path, places: Iterable[tuple[int, int]]) -> Path:
    """Fill those bytes of the file with rubbish."""
    with path.open("r+b") as file:
        for position, size in places:
            file.seek(position)
            file.write(b"\xff" * size)
    return path
