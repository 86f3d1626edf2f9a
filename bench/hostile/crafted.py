"""The crafted files, those that cost most to make built only when their turn comes."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.hostile import (
    crafted_avi,
    crafted_boxes,
    crafted_matroska,
    crafted_movies,
    crafted_places,
    crafted_texts,
    seeds,
)
from bench.hostile.cases import Case, Way, laid

STILL = b"\xff\xd8"


def crafted(folder: Path, sound: Mapping[str, bytes], address: str) -> Iterator[Case]:
    """Every one twice: to be looked at, and to be drawn anew. They refer to the listener at that address."""
    for name, lay in _all(folder, sound, address):
        for way in (Way.LOOK, Way.DRAW):
            yield Case(f"{name} ({way})", way, lay)


def _all(folder: Path, sound: Mapping[str, bytes], address: str) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    for group, content in _contents(folder, sound, address):
        yield group, laid("lesson.mp4", content)
    yield from crafted_places.names(sound["h264.mp4"])
    yield from crafted_places.places(sound["h264.mp4"])


def _contents(folder: Path, sound: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    h264 = seeds.write(folder / "plain.mp4", seeds.Kind("plain.mp4", "libx264"))
    frame = sound["mjpeg.mkv"][sound["mjpeg.mkv"].index(STILL) :]
    frame = frame[: frame.index(b"\xff\xd9") + 2]
    groups = {
        "text": crafted_texts.texts(address),
        "package": crafted_texts.packages(),
        "other": crafted_texts.others(),
        "polyglot": crafted_texts.polyglots(address),
        "mp4 table": crafted_movies.tables(h264),
        "mp4 clock": crafted_movies.clocks(h264),
        "mp4 size": crafted_movies.sizes(h264, sound["mjpeg.mov"], sound["png.mov"]),
        "mp4 reference": crafted_movies.elsewhere(h264, address),
        "mp4 box": crafted_boxes.boxes(h264, sound["fragmented.mp4"]),
        "matroska": crafted_matroska.matroska(frame, address),
        "avi": crafted_avi.avis(frame, address),
        "whole": _whole(folder),
    }
    for group, files in groups.items():
        yield from ((f"{group}: {name}", content) for name, content in files)


def _whole(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield "sound alone", seeds.write_sound(folder / "sound.mp4")
    yield "sound alone in matroska", seeds.write_sound(folder / "sound.mkv")
    yield "encrypted", seeds.write(folder / "secret.mp4", seeds.Kind("secret.mp4", "libx264"), **seeds.SECRET)
