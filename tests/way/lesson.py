"""A lesson of two pupils, rendered: its still of the empty room, and its video."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import cv2

from analytics.pipeline.clips import Clip, person_at, place_in_rows, render_clip, render_empty_room, seat_plan

DESKS = place_in_rows(columns=2, rows=1, face_height_share=0.16)
CLIP = Clip(
    places=DESKS, people=tuple(person_at(desk, n) for n, desk in enumerate(DESKS)), width_px=960, height_px=540, fps=2,
    duration_s=60,
)  # fmt: skip
LENGTH = timedelta(minutes=45)


def zone_at_lunch() -> str:
    """A time zone in which it is between one and two now: the demo's lessons are over, and midnight is far."""
    behind = (datetime.now(UTC).hour - 13) % 24
    return f"Etc/GMT+{behind}" if behind <= 12 else f"Etc/GMT-{24 - behind}"


@dataclass(frozen=True, slots=True)
class LessonNow:
    """A lesson that has just begun, later than whatever was consented to before it."""

    begin: datetime

    @classmethod
    def begun(cls, zone: str) -> Self:
        return cls(datetime.now(ZoneInfo(zone)) + timedelta(seconds=1))

    @property
    def weekday(self) -> str:
        return str(self.begin.isoweekday())

    @property
    def starts_at(self) -> str:
        return f"{self.begin:%H:%M}"

    @property
    def ends_at(self) -> str:
        return f"{self.begin + LENGTH:%H:%M}"

    def wait_for_the_recording(self) -> None:
        """Until the last second of the video is past: before that it comes from the future and is refused."""
        left = self.begin + timedelta(seconds=CLIP.duration_s) - datetime.now(UTC)
        time.sleep(max(0.0, left.total_seconds()))

    def write_video(self, path: Path) -> None:
        """The lesson's first seconds, rendered."""
        render_clip(path, replace(CLIP, recorded_at=self.begin.astimezone(UTC)))


def write_still(path: Path) -> None:
    """The empty room as a PNG."""
    cv2.imwrite(str(path), render_empty_room(CLIP.places, CLIP.width_px, CLIP.height_px))


def outlines() -> list[list[tuple[float, float]]]:
    """The two seats' polygons as shares of the picture."""
    return [list(seat.outline) for seat in seat_plan(CLIP).seats]
