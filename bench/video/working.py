"""One measured process, on one core with one thread; prints what it did as JSON.

.venv/bin/python -m bench.video.working WAY FILE CORE
"""

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic

import av
import numpy as np

from analytics.pipeline.alignment import align_face
from analytics.pipeline.builtin import load_builtin_pack
from analytics.pipeline.clips import seat_plan
from analytics.pipeline.decoding import open_video
from analytics.pipeline.engine import Hooks, Progress, RunResult, analyse
from analytics.pipeline.masks import build_masks
from bench.video.making import LESSON

MB = 1024 * 1024
PAGE = resource.getpagesize()
SETTLED_AT = 0.1  # of a run: until then everything has been loaded


def floor(path: Path) -> dict[str, object]:
    """Decode every frame and do nothing with it."""
    decoded = 0
    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.thread_count = 1
        for _frame in container.decode(stream):
            decoded += 1
    return {"frames": decoded, "video_s": decoded / LESSON.fps}


def product(path: Path) -> dict[str, object]:
    """What a worker does with a lesson, its rows in the database left out. Memory is that of both processes."""
    plan, pack, sizes = seat_plan(LESSON), load_builtin_pack(), list[tuple[float, float]]()
    with open_video(path) as video:
        processes = (os.getpid(), video.pid)

        def note(progress: Progress) -> None:
            if progress.frames_sampled % 10 == 0:
                sizes.append((progress.t_s / progress.duration_s, sum(map(_resident_mb, processes))))

        result = analyse(video, plan, pack, lambda _seat, _t_s: True, hooks=Hooks(on_progress=note))
    settled = [size for share, size in sizes if share >= SETTLED_AT]
    return {
        "video_s": result.duration_s,
        "frames": result.frames_sampled,
        "keyframes_only": result.keyframes_only,
        "seen_share": _seen_share(result),
        "rss_mb": round(max(size for _, size in sizes), 1),
        "growth_mb": round(settled[-1] - settled[0], 1),
    }


def plain(path: Path) -> dict[str, object]:
    """Every frame, every seat, the same models: what one would write first."""
    pack, plan = load_builtin_pack(), seat_plan(LESSON)
    seats = build_masks(plan, set(plan.seat_ids), LESSON.width_px, LESSON.height_px).seats.values()
    decoded = seen = 0
    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.thread_count = 1
        for frame in container.decode(stream):
            image = frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False)
            decoded += 1
            for seat in seats:
                height_px, width_px = seat.visible.shape
                crop = image[seat.top_px : seat.top_px + height_px, seat.left_px : seat.left_px + width_px]
                for face in pack.detector.detect(crop, 0.8)[:1]:
                    pack.expression.distribution(align_face(crop, face))
                    seen += 1
    return {"frames": decoded, "video_s": decoded / LESSON.fps, "seen_share": seen / decoded / len(seats)}


def be_a_worker() -> None:
    """Load what a worker carries before it takes any lesson: the whole product."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseflow.settings")
    django.setup()


WAYS: Mapping[str, tuple[Callable[[], None], Callable[[Path], dict[str, object]]]] = {
    "floor": (lambda: None, floor),
    "product": (be_a_worker, product),
    "plain": (lambda: None, plain),
}


def main() -> None:
    way, path, core = sys.argv[1:]
    os.sched_setaffinity(0, {int(core)})  # the decoding child inherits it
    prepare, work = WAYS[way]
    prepare()
    began = monotonic()
    found = work(Path(path))
    print(json.dumps({**found, "wall_s": monotonic() - began}))


def _seen_share(result: RunResult) -> float:
    """Of the seats and frames, how many gave an observation."""
    seen = sum(seat.frames_used for seat in result.seats)
    return seen / max(1, result.frames_sampled * len(LESSON.places))


def _resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE / MB
    except OSError:  # it has ended
        return 0.0


if __name__ == "__main__":
    main()
