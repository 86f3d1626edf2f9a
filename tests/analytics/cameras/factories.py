"""A camera that is linked, before a lesson that is held now. Everything is invented."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from analytics.models import CameraLink
from analytics.pipeline.clips import draw_frame
from analytics.pipeline.images import Image
from analytics.services.cameras.linking import link_stream
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera
from tests.analytics.factories import Lesson, confirm, lesson, lesson_clip
from tests.directory.factories import CameraFactory, actor

ADDRESS = "rtsp://viewer:s%3Ae%20cret@10.1.2.3/live"


def admin_of(camera: Camera) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=camera.room.school)


def linked(camera: Camera | None = None, address: str = ADDRESS) -> CameraLink:
    """A camera that is watched over RTSP."""
    where = camera or CameraFactory.create()
    return link_stream(admin_of(where), where.pk, address)


def held(day: date | None = None, *, consented: int | None = None) -> Lesson:
    """`lesson`, but held all through a day (yesterday)."""
    where = lesson(consented=consented)
    where.date = day or timezone.localdate() - timedelta(days=1)
    where.slot.starts_at, where.slot.ends_at, where.slot.weekday = time(0), time(23, 59, 59), where.date.isoweekday()
    where.slot.save()
    where.confirmation = confirm(where.slot, where.date, where.plan)
    return where


def noon_of(where: Lesson) -> datetime:
    return datetime.combine(where.date, time(12), timezone.get_default_timezone())


def picture(at_s: float) -> Image:
    """What the camera of `lesson` shows then (BGR)."""
    return draw_frame(lesson_clip(), at_s)


def before(where: Lesson, **minutes: float) -> datetime:
    """That much before the lesson is over."""
    ends_at = datetime.combine(where.date, where.slot.ends_at, timezone.get_default_timezone())
    return ends_at - timedelta(**minutes)
