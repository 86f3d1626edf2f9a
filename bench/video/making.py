"""The clips that are measured: 1080p25 H.264, twenty seats with a real face in each."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av

from analytics.pipeline.classroom import Place
from analytics.pipeline.clips import SWAY_PERIOD_S, Clip, person_at, render_clip

FPS = 25
COLUMNS, ROWS = 5, 4
FACE = 0.08  # of the picture's height: 86 px, above the 72 that the observation gate asks for
PLACES = tuple(
    Place((column + 0.5) / COLUMNS, 0.13 + row * 0.235, FACE) for row in range(ROWS) for column in range(COLUMNS)
)
LESSON = Clip(
    places=PLACES,
    people=tuple(person_at(place, number) for number, place in enumerate(PLACES)),
    width_px=1920,
    height_px=1080,
    fps=FPS,
    duration_s=SWAY_PERIOD_S,  # after which everybody is where they began
)


def make_round(path: Path, gop_s: float) -> None:
    """A few seconds that can follow themselves, with a keyframe each `gop_s`."""
    render_clip(path, replace(LESSON, keyframe_interval_s=gop_s))


def repeat(one: Path, path: Path, length_s: float) -> None:
    """The round of `one` again and again, packet by packet, until `length_s` is reached."""
    with av.open(one) as source:
        stream = source.streams.video[0]
        base = stream.time_base or Fraction(1, FPS)
        packets = [
            (packet.pts, packet.dts, packet.is_keyframe, bytes(packet))
            for packet in source.demux(stream)
            if packet.pts is not None and packet.dts is not None
        ]
        round_ticks = round(LESSON.duration_s / base)
        with av.open(path, "w") as target:
            out = target.add_stream_from_template(stream)
            out.time_base = base
            for number in range(round(length_s / LESSON.duration_s)):
                for pts, dts, is_keyframe, content in packets:
                    packet = av.Packet(content)
                    packet.stream, packet.time_base, packet.is_keyframe = out, base, is_keyframe
                    packet.pts, packet.dts = pts + number * round_ticks, dts + number * round_ticks
                    target.mux(packet)
