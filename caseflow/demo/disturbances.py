"""Two clips of unusual motion, drawn, that wait for somebody to look."""

from datetime import date, datetime, timedelta

from analytics.enums import Feature, Mode
from analytics.pipeline.disturbance.corridor import drawn_frames
from analytics.pipeline.disturbance.watching import Disturbance
from analytics.services.disturbances import take_event
from analytics.services.switching import Grounds, set_mode
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.enums import CameraPurpose
from caseflow.directory.models import Camera, Room

SECONDS = 6.0
SEEN = ((timedelta(minutes=35), 7.2, True), (timedelta(hours=2, minutes=10), 5.1, False))


def make_disturbances(places: Places, people: People, now: datetime, today: date) -> None:
    """A corridor camera that is watched, with what it showed today."""
    lead = people.staff["lead"]
    grounds = Grounds("Демо: приказ школы о камерах в коридорах", today - timedelta(days=30))
    set_mode(lead.user, places.school, Mode.ACTIVE, grounds, role=lead.role, feature=Feature.DISTURBANCE)
    room = Room.objects.create(school=places.school, name="коридор, 2 этаж")
    camera = Camera.objects.create(room=room, name="камера 5", purpose=CameraPurpose.CORRIDOR)
    for ago, strength, scuffle in SEEN:
        frames = drawn_frames(now - ago, SECONDS, scuffle=scuffle)
        take_event(camera.pk, Disturbance(now - ago, strength, frames), demo=True)
