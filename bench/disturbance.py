"""How long one picture of a corridor camera takes, on one core: flow, what is usual, and the ring of JPEG.

    .venv/bin/python -m bench.disturbance

Environment: FRAMES (300). The last line printed is the figures as JSON: milliseconds of the processor for a picture of
1280 by 720 points, in all and of the flow alone; milliseconds to draw both videos of a clip of twelve seconds; bytes.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import process_time

import cv2

from analytics.pipeline.clips import Clip, draw_frame, person_at, place_in_rows
from analytics.pipeline.disturbance.memory import pictures_of
from analytics.pipeline.disturbance.motion import FlowMeter
from analytics.pipeline.disturbance.watching import DisturbanceWatch
from analytics.pipeline.evidence import draw_evidence
from bench.programs import say
from ops.trouble import one_line

BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)
TICK = timedelta(seconds=0.1)
DRAWN = 40  # different pictures, shown again and again


def main() -> int:
    cv2.setNumThreads(1)
    number = int(os.environ.get("FRAMES", "300"))
    places = place_in_rows(columns=4, rows=1)
    scene = Clip(places=places, people=tuple(person_at(place, at) for at, place in enumerate(places)), fps=10)
    pictures = [draw_frame(scene, at / 10) for at in range(DRAWN)]
    watch, meter = DisturbanceWatch(), FlowMeter()
    whole = _each(number, lambda at: watch.see(BEGAN + at * TICK, pictures[at % DRAWN]))
    flow = _each(number, lambda at: meter.see(BEGAN + at * TICK, pictures[at % DRAWN]))
    frames = watch._memory.frames()  # what an event would be given
    began = process_time()
    evidence = draw_evidence(lambda: pictures_of(frames), lambda _frames, _turn: None)
    figures = {
        "ms_a_frame": whole,
        "ms_a_frame_flow": flow,
        "ms_a_clip": round(1000 * (process_time() - began)),
        "bytes_remembered": sum(len(frame.jpeg) for frame in frames),
        "bytes_a_clip": len(evidence.covered) + len(evidence.sharp),
        "bytes_of_state": len(json.dumps(watch.state())),
    }
    say(f"  {len(frames)} pictures are remembered")
    print(json.dumps(figures))
    return 0


def _each(number: int, see: Callable[[int], object]) -> float:
    began = process_time()
    for at in range(number):
        see(at)
    return round(1000 * (process_time() - began) / number, 2)


if __name__ == "__main__":
    sys.exit(one_line(main))
