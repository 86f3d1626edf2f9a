"""Unusual motion for tests: invented events and clips, taken the way the product takes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from unittest.mock import patch

from django.utils import timezone

from analytics.enums import Feature, Mode
from analytics.models import Disturbance
from analytics.pipeline.disturbance.memory import Memory
from analytics.pipeline.disturbance.watching import Disturbance as Event
from analytics.pipeline.evidence import Evidence
from analytics.services.disturbances import open_covered, take_event
from analytics.services.switching import Grounds, set_mode
from caseflow.directory.actors import Actor
from caseflow.directory.enums import CameraPurpose
from caseflow.directory.models import Camera, School
from tests.analytics.pipeline.disturbance.scenes import filmed, scuffle
from tests.directory.factories import RoomFactory, UserFactory

GROUNDS = Grounds("Приказ № 9 о коридорных камерах", date(2026, 2, 1))
MADE = b"\x1a\x45\xdf\xa3 covered"
EVIDENCE = Evidence(MADE, MADE + b" not", 0.4, 12.0, 320, 180)


def corridor_camera(school: School, *, mode: Mode = Mode.ACTIVE) -> Camera:
    """A corridor camera of a school where the watch is switched on."""
    if mode != Mode.OFF:
        set_mode(UserFactory.create(), school, mode, GROUNDS, feature=Feature.DISTURBANCE)
    room = RoomFactory.create(school=school)
    return Camera.objects.create(room=room, name="камера у лестницы", purpose=CameraPurpose.CORRIDOR)


def event(strength: float = 6.0, at: datetime | None = None, seconds: float = 0.3) -> Event:
    """An event with a few drawn pictures."""
    at, memory = at or timezone.now(), Memory()
    for moment, image in filmed(scuffle, seconds, at - timedelta(seconds=seconds)):
        memory.keep(moment, image)
    return Event(at, strength, memory.frames())


@contextmanager
def not_drawn() -> Iterator[None]:
    """For what is about rows: the clip is not drawn."""
    with patch("analytics.services.disturbances.taking.draw_evidence", return_value=replace(EVIDENCE)):
        yield


def disturbance(camera: Camera, strength: float = 6.0, at: datetime | None = None) -> Disturbance:
    """An event that was taken, its clip not drawn of any pictures."""
    with not_drawn():
        taken = take_event(camera.pk, event(strength, at, seconds=0.1))
    assert taken
    return taken


def looked_at(who: Actor, found: Disturbance) -> Disturbance:
    """One whose clip this person has seen."""
    open_covered(who, found.pk)
    found.refresh_from_db()
    return found
