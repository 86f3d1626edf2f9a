"""Files made to harm, through the product's own way of opening a video.

    .venv/bin/python -m bench.hostile

Environment: FILES (10000 spoilt videos), CRAFTED (all), SEED (1), WORKERS (2).
The last line printed is the figures as JSON: `crashes` counts what no part of the product expects, among it a worker
that died or hung and an error that has no sentence for people; `connections` what reached the listener, and sockets
that a decoding process held; `max_s` is the longest from opening a file to its end, `max_mb` the most memory of a
decoding process or of its parent. 1 is returned where one of them is more than it may be.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from analytics.management.commands.try_camera import WORDS
from analytics.rules.refusals import TEXTS
from bench import place
from bench.hostile.cases import Case, spoilt
from bench.hostile.crafted import crafted
from bench.hostile.crafted_cameras import Cameras
from bench.hostile.seeds import Kind, make_seeds, write
from bench.hostile.trying import Tried
from bench.hostile.watching import Listener
from bench.hostile.workers import attempt_all
from bench.machine import Moment
from bench.programs import say
from ops.trouble import one_line

LONGEST_S = 30.0
MOST_MB = 1024.0
TOLD_EVERY = 500
SLOWEST = 5


@dataclass(frozen=True)
class Plan:
    files: int
    crafted: int | None
    seed: int
    workers: int

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Plan":
        return cls(
            files=int(given.get("FILES", "10000")),
            crafted=int(given["CRAFTED"]) if "CRAFTED" in given else None,
            seed=int(given.get("SEED", "1")),
            workers=int(given.get("WORKERS", "2")),
        )


@dataclass
class Findings:
    """What came of all files. `ends` counts them by code, "analysed" where there was something to analyse."""

    files: int = 0
    crashes: int = 0
    sockets: int = 0
    child_mb: float = 0.0
    parent_mb: float = 0.0
    ends: Counter[str] = field(default_factory=Counter)
    crashed: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def take(self, case: Case, tried: Tried) -> None:
        self.files += 1
        self.sockets += tried.sockets
        self.child_mb, self.parent_mb = max(self.child_mb, tried.child_mb), max(self.parent_mb, tried.parent_mb)
        self.slowest = sorted([*self.slowest, (tried.took_s, f"{case.name}: {tried.code}")], reverse=True)[:SLOWEST]
        has_words = not tried.code or tried.code in TEXTS or tried.code in WORDS
        crash = tried.crash or ("" if has_words else f"no sentence for {tried.code}")
        self.ends["crashed" if crash else tried.code or "analysed"] += 1
        if tried.code == "decoder_crashed":
            self.crashed[tried.detail] += 1
        if crash:
            self.crashes += 1
            say(f"  CRASH {case.name}: {crash}")
        if tried.sockets:
            say(f"  SOCKET {case.name}")
        if self.files % TOLD_EVERY == 0:
            say(f"  {self.files} files, {self.crashes} crashes, slowest {self.slowest[0][0]:.1f} s")


def main() -> int:
    plan, findings = Plan.of(os.environ), Findings()
    with place.folder() as folder, Listener() as listener:
        sound = make_seeds(folder / "data")
        say(f"{plan}, {len(sound)} sound videos: {', '.join(sound)}")
        began = Moment.now()
        with Cameras(listener.address, made_film(folder / "film.mp4"), plan.seed) as cameras:
            cases = chain(cameras.cases(), _cases(plan, folder / "data", sound, listener.address))
            attempt_all(cases, folder, plan.workers, findings.take)
        say(f"  {began.since()}")
    say(f"  ended: {dict(findings.ends.most_common())}")
    say(f"  decoding processes that crashed: {dict(findings.crashed.most_common())}")
    say(f"  reached the listener: {listener.heard}, sockets of decoding processes: {findings.sockets}")
    say(f"  memory: {findings.child_mb:.0f} MB in a decoding process, {findings.parent_mb:.0f} MB in its parent")
    for took_s, name in findings.slowest:
        say(f"  {took_s:.1f} s: {name}")
    figures = {
        "files": findings.files,
        "crashes": findings.crashes,
        "connections": len(listener.heard) + findings.sockets,
        "max_s": round(findings.slowest[0][0], 1),
        "max_mb": round(max(findings.child_mb, findings.parent_mb)),
    }
    print(json.dumps(figures))
    kept = not figures["crashes"] and not figures["connections"]
    return 0 if kept and figures["max_s"] <= LONGEST_S and figures["max_mb"] <= MOST_MB else 1


def made_film(path: Path) -> Path:
    write(path, Kind("film.mp4", "libx264"))
    return path


def _cases(plan: Plan, folder: Path, sound: Mapping[str, bytes], address: str) -> Iterator[Case]:
    """The crafted ones, then the spoilt ones."""
    seeds: Sequence[bytes] = list(sound.values())
    mutations = (spoilt(plan.seed, number, seeds) for number in range(plan.files))
    return chain(islice(crafted(folder, sound, address), plan.crafted), mutations)


if __name__ == "__main__":
    sys.exit(one_line(main))
