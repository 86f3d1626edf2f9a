"""A room with a camera, a class before it, and drawings of its seats. Everything is invented."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import cv2
import numpy as np
from django.urls import reverse
from PIL import Image as Picture

from analytics.enums import StillKind
from analytics.models import SeatPlan
from analytics.pipeline.clips import Clip, draw_frame, person_at, place_in_rows, render_empty_room, seat_outline
from analytics.pipeline.images import Image
from analytics.rules.seat_plans import Drawing, DrawnSeat
from analytics.services.seat_plans import save_plan
from analytics.services.stills import keep_still
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera, Pupil, School, SchoolClass
from tests.directory.factories import CameraFactory, PupilFactory, RoomFactory, SchoolClassFactory, SchoolFactory, actor

WIDTH, HEIGHT = 960, 540
PLACES = place_in_rows(columns=3, rows=1, face_height_share=0.18)
CORNERS = [[10.0, 10.0], [90.0, 10.0], [90.0, 120.0], [10.0, 120.0]]


@dataclass
class Room:
    """A camera, a class before it and the administrator of the school."""

    school: School
    camera: Camera
    school_class: SchoolClass
    pupils: list[Pupil]
    admin: Actor

    @property
    def where(self) -> tuple[int, int]:
        return self.camera.pk, self.school_class.pk

    def url(self, page: str) -> str:
        return reverse(f"analytics:{page}", args=self.where)


def room(*, pupils: int = 4) -> Room:
    """A room in which nothing is drawn yet."""
    school = SchoolFactory.create()
    school_class = SchoolClassFactory.create(school=school)
    camera = CameraFactory.create(room=RoomFactory.create(school=school))
    names = [f"Ученикова {chr(ord('А') + number)}" for number in range(pupils)]
    members = [PupilFactory.create(school_class=school_class, last_name=name) for name in names]
    return Room(school, camera, school_class, members, actor(Role.SCHOOL_ADMIN, school=school))


def drawn(where: Room, *, base: SeatPlan | None = None) -> SeatPlan:
    """The next version, in which the first three pupils sit at the places of the stills."""
    still = None if base else keep_still(where.admin, *where.where, content=png(empty()), kind=StillKind.EMPTY_ROOM).pk
    return save_plan(where.admin, *where.where, Drawing(base.pk if base else None, still, seats(where)))


def seats(where: Room) -> tuple[DrawnSeat, ...]:
    """A seat for each of the first three pupils."""
    return tuple(
        DrawnSeat(f"1-{number}", polygon_at(number - 1), pupil.pk)
        for number, pupil in enumerate(where.pupils[:3], start=1)
    )


def polygon_at(place: int) -> list[list[float]]:
    return [[x * WIDTH, y * HEIGHT] for x, y in seat_outline(PLACES[place], WIDTH / HEIGHT)]


def posted(where: Room, *, base: SeatPlan | None = None, still: UUID | None = None, **seat: Any) -> dict[str, Any]:
    """A drawing of one seat as the editor posts it."""
    one = {"name": "1-1", "polygon": CORNERS, "pupil": str(where.pupils[0].pk), "face_height_px": None} | seat
    return {"base": str(base.pk) if base else None, "still": str(still) if still else None, "seats": [one]}


def empty() -> Image:
    """The room with nobody in it (BGR)."""
    return render_empty_room(PLACES, WIDTH, HEIGHT)


def with_pupils() -> Image:
    """The room with three faces in it (BGR)."""
    people = tuple(person_at(place, number) for number, place in enumerate(PLACES))
    return draw_frame(Clip(places=PLACES, people=people, width_px=WIDTH, height_px=HEIGHT), 0.0)


def pixels(encoded: bytes) -> Image:
    """The picture with all of its channels."""
    return np.asarray(cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_UNCHANGED), dtype=np.uint8)


def png(picture: Image) -> bytes:
    return cv2.imencode(".png", picture)[1].tobytes()


def photographed(picture: Image, *, orientation: int = 1) -> bytes:
    """A JPEG that says in its EXIF who took it and how it was held."""
    exif = Picture.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Bekzhanova"
    out = BytesIO()
    Picture.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)).save(out, format="JPEG", quality=95, exif=exif)
    return out.getvalue()
