"""Renders a lesson video with real faces at known seats, the same one every time, for the demo and for the tests.

The faces are NASA's portrait of Eileen Collins, in the public domain, which ships inside scikit-image.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, inf, pi, sin
from pathlib import Path
from typing import Final, cast

import av
import cv2
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream

from analytics.pipeline.classroom import Place, draw_desk, draw_room
from analytics.pipeline.geometry import Outline, Seat, SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.packaged import packaged_file, verified_bytes

PORTRAIT_SHA256: Final = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"
# What the built-in detector finds in the portrait.
FACE_HEIGHT_PX: Final = 94.0
FACE_CENTRE_PX: Final = (225.0, 128.0)
PORTRAIT_BOTTOM_PX: Final = 345
REACH_PX: Final = 220  # no opaque pixel of the portrait is farther from the centre of its face, along either axis
SWAY_PERIOD_S: Final = 7.0
# Head and shoulders around a face, in face heights from its centre.
SEAT_SHAPE: Final = ((-0.8, -1.15), (0.8, -1.15), (1.2, 0.1), (1.35, 1.15), (-1.35, 1.15), (-1.2, 0.1))


@dataclass(frozen=True)
class Person:
    """Somebody in the picture: face centre and face height as shares of the frame, present from one second to another.

    `brightness` multiplies the pixels, `sway_share` is the reach of the slow movement in face heights, `blur_share`
    the Gaussian blur in face heights.
    """

    centre_x: float
    centre_y: float
    face_height_share: float
    mirrored: bool = False
    brightness: float = 1.0
    sway_share: float = 0.03
    blur_share: float = 0.0
    from_s: float = 0.0
    until_s: float = inf


@dataclass(frozen=True)
class Clip:
    """A video to render. `places` are the desks of the room, `people` those who are in the picture."""

    places: tuple[Place, ...]
    people: tuple[Person, ...]
    width_px: int = 1280
    height_px: int = 720
    fps: int = 5
    duration_s: float = 60.0
    keyframe_interval_s: float = 1.0
    recorded_at: datetime | None = None

    @property
    def frame_count(self) -> int:
        return round(self.duration_s * self.fps)


def place_in_rows(columns: int, rows: int, face_height_share: float = 0.14) -> tuple[Place, ...]:
    """Desks in rows; those farther back are higher in the picture and a tenth smaller each row. Front row last.

    Rows are 2.4 face heights apart, so that no seat reaches into another: two rows of 0.14 or three of 0.1 fit.
    """
    return tuple(
        Place(
            (column + 0.5) / columns,
            0.27 + 2.4 * face_height_share * row,
            face_height_share * 0.9 ** (rows - 1 - row),
        )
        for row in range(rows)
        for column in range(columns)
    )


def person_at(place: Place, number: int = 0) -> Person:
    """Somebody who sits there; the number varies mirror and brightness."""
    return Person(
        place.centre_x, place.centre_y, place.face_height_share,
        mirrored=number % 2 == 1, brightness=(1.0, 0.9, 1.08)[number % 3],
    )  # fmt: skip


def seat_outline(place: Place, aspect_ratio: float) -> Outline:
    """A polygon around head and shoulders of whoever sits there, cut at the frame's edge."""
    height = place.face_height_share
    corners = ((place.centre_x + x * height / aspect_ratio, place.centre_y + y * height) for x, y in SEAT_SHAPE)
    return tuple((min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)) for x, y in corners)


def seat_plan(clip: Clip) -> SeatPlan:
    """A calibrated seat around each place, ids "1", "2", … in their order."""
    aspect_ratio = clip.width_px / clip.height_px
    seats = (
        Seat(str(number), seat_outline(place, aspect_ratio), place.face_height_share)
        for number, place in enumerate(clip.places, start=1)
    )
    return SeatPlan(tuple(seats), aspect_ratio)


def render_empty_room(places: tuple[Place, ...], width_px: int, height_px: int) -> Image:
    """The still on which somebody draws the seats: the same room with nobody in it, BGR."""
    room = draw_room(width_px, height_px)
    for place in places:
        draw_desk(room, place)
    return room


def draw_frame(clip: Clip, t_s: float) -> Image:
    """The picture at that second, BGR. Farther people and desks are drawn first."""
    frame = draw_room(clip.width_px, clip.height_px)
    present = [person for person in clip.people if person.from_s <= t_s < person.until_s]
    drawn: list[Person | Place] = sorted([*present, *clip.places], key=lambda it: (it.centre_y, isinstance(it, Place)))
    for thing in drawn:
        if isinstance(thing, Place):
            draw_desk(frame, thing)
        else:
            _draw_person(frame, thing, t_s)
    return frame


def frames(clip: Clip) -> Iterator[tuple[float, Image]]:
    """(seconds, picture) of every frame."""
    for number in range(clip.frame_count):
        yield number / clip.fps, draw_frame(clip, number / clip.fps)


def render_clip(path: Path, clip: Clip) -> None:
    """Write the clip; the name's ending chooses the container.

    The pictures are the same each time; what x264 makes of them differs by a few bytes from run to run.
    """
    with av.open(path, "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as container:
        if clip.recorded_at:
            container.metadata["creation_time"] = clip.recorded_at.isoformat()
        stream = _add_picture(container, clip)
        for number, (_, image) in enumerate(frames(clip)):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, clip.fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def best_codec(available: Set[str]) -> str:
    """H.264 where the installed PyAV can write it, else MPEG-4 part 2."""
    return "libx264" if "libx264" in available else "mpeg4"


def _add_picture(container: OutputContainer, clip: Clip) -> VideoStream:
    stream = cast("VideoStream", container.add_stream(best_codec(av.codecs_available), rate=clip.fps))
    stream.width, stream.height, stream.pix_fmt = clip.width_px, clip.height_px, "yuv420p"
    stream.codec_context.thread_count = 1
    stream.codec_context.gop_size = max(1, round(clip.keyframe_interval_s * clip.fps))
    stream.options = {"preset": "veryfast", "crf": "20", "sc_threshold": "0"}
    return stream


@lru_cache(maxsize=1)
def _portrait() -> tuple[Image, Image]:
    """Head and shoulders (BGR) and how opaque each pixel of them is, 0..255."""
    content = verified_bytes(packaged_file("skimage", "data/astronaut.png"), PORTRAIT_SHA256)
    picture = np.asarray(cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)
    opaque = np.zeros(picture.shape[:2], dtype=np.uint8)
    cv2.ellipse(opaque, (228, 92), (74, 79), 0, 0, 360, (255,), cv2.FILLED)
    cv2.ellipse(opaque, (208, 222), (98, 74), 0, 0, 360, (255,), cv2.FILLED)
    shoulders = np.array([(110, 225), (300, 225), (355, 290), (365, 360), (25, 360), (50, 285)], dtype=np.int32)
    cv2.fillPoly(opaque, [shoulders], (255,))
    soft = cv2.GaussianBlur(opaque, (0, 0), 3).astype(np.uint8, copy=False)
    return picture[:PORTRAIT_BOTTOM_PX], soft[:PORTRAIT_BOTTOM_PX]


def _draw_person(frame: Image, person: Person, t_s: float) -> None:
    """Lay the portrait over the frame, scaled and moved so that the face comes where the person's face is."""
    height_px, width_px = frame.shape[:2]
    face_px = person.face_height_share * height_px
    picture, opaque = _portrait()
    scale = face_px / FACE_HEIGHT_PX
    flip = -1.0 if person.mirrored else 1.0
    phase = person.centre_x + person.centre_y
    sway_px = person.sway_share * face_px * sin(2 * pi * (t_s / SWAY_PERIOD_S + phase))
    x_px, y_px = person.centre_x * width_px + sway_px, person.centre_y * height_px + sway_px / 2
    left, top = max(0, floor(x_px - scale * REACH_PX)), max(0, floor(y_px - scale * REACH_PX))
    part = frame[top : ceil(y_px + scale * REACH_PX), left : ceil(x_px + scale * REACH_PX)]
    size = part.shape[1], part.shape[0]
    shift_x_px, shift_y_px = x_px - left - flip * scale * FACE_CENTRE_PX[0], y_px - top - scale * FACE_CENTRE_PX[1]
    move = np.array([[flip * scale, 0, shift_x_px], [0, scale, shift_y_px]])
    share = cv2.warpAffine(opaque, move, size).astype(np.float32) / 255
    layer = cv2.convertScaleAbs(cv2.warpAffine(picture, move, size), alpha=person.brightness)
    if person.blur_share:
        layer = cv2.GaussianBlur(layer, (0, 0), person.blur_share * face_px)
    part[:] = cv2.blendLinear(layer, part, share, 1 - share)
