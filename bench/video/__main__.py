"""How fast a lesson is analysed: 1080p25 H.264, twenty seats, one sample a second, the built-in pack, one core.

    .venv/bin/python -m bench.video

Environment: SECONDS of the measured clips (420), LONG_SECONDS of the one whose memory is watched (1800), PLAIN_SECONDS
of the plain loop (21). The last line printed is the figures as JSON: `_x` are times real time, `ratio_to_floor` is the
time with all frames against mere decoding of the same file, `scaling_2` the work of two processes on two cores against
that of one, `rss_mb` the most that a worker and its decoding child had in memory together, `growth_mb` what that grew
from a tenth of the long run to its end. With all frames means those that lead to a sample: 151 of 175.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench import place
from bench.machine import Moment
from bench.programs import say
from bench.video.making import make_rounds, repeat
from ops.trouble import ROOT, one_line

KEYFRAME_GOP_S = 1.0
ALL_FRAMES_GOP_S = 7.0  # farther apart than a sample: every frame has to be decoded


def main() -> int:
    length_s, long_s, plain_s = (
        float(os.environ.get(name, default))
        for name, default in (("SECONDS", "420"), ("LONG_SECONDS", "1800"), ("PLAIN_SECONDS", "21"))
    )
    with place.folder() as folder:
        often, seldom = _rounds(folder)
        keyed = _repeated(often, folder / "keyed.mp4", length_s)
        sparse = _repeated(seldom, folder / "sparse.mp4", length_s)
        floor = _measure("floor", sparse)
        all_frames = _measure("product", sparse)
        keyframes = _measure("product", keyed)
        plain = _measure("plain", _repeated(seldom, folder / "short.mp4", plain_s))
        scaling = _scaling(keyed, keyframes)
        long = _measure("product", _repeated(seldom, folder / "long.mp4", long_s))
    figures = {
        "floor_x": _speed(floor),
        "keyframe_x": _speed(keyframes),
        "allframes_x": _speed(all_frames),
        "plain_x": _speed(plain),
        "ratio_to_floor": _speed(floor) / _speed(all_frames),
        "scaling_2": scaling,
        "gop_s": KEYFRAME_GOP_S,
        "rss_mb": max(long["rss_mb"], keyframes["rss_mb"]),
        "growth_mb": long["growth_mb"],
    }
    print(json.dumps({name: round(figure, 2) for name, figure in figures.items()}))
    return 0


def _rounds(folder: Path) -> tuple[Path, Path]:
    say("making the clips")
    often, seldom = folder / "often.mp4", folder / "seldom.mp4"
    make_rounds({KEYFRAME_GOP_S: often, ALL_FRAMES_GOP_S: seldom})
    return often, seldom


def _repeated(one: Path, path: Path, length_s: float) -> Path:
    repeat(one, path, length_s)
    return path


def _scaling(path: Path, alone: dict[str, Any]) -> float:
    """The work of two processes, each on a core of its own, against that of the one before."""
    with ThreadPoolExecutor(2) as threads:
        both = threads.map(lambda core: _measure("product", path, core), (0, 1))
        return sum(map(_speed, both)) / _speed(alone)


def _measure(way: str, path: Path, core: int = 0) -> dict[str, Any]:
    began = Moment.now()
    command = [sys.executable, "-m", "bench.video.working", way, str(path), str(core)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    shown = {name: round(value, 2) if isinstance(value, float) else value for name, value in found.items()}
    say(f"  {way}, {path.name}, core {core}: {_speed(found):.2f} x real time; {shown}; {began.since()}")
    return found


def _speed(found: dict[str, Any]) -> float:
    return float(found["video_s"] / found["wall_s"])


if __name__ == "__main__":
    sys.exit(one_line(main))
