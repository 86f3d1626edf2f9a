"""How many schools there are and how many have cameras, by district."""

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, QuerySet

from caseflow.directory.models import Camera, Region, School

YES, NO = "yes", "no"
Counts = dict[tuple[int, str], int]
"""By district, and by whether a school has what is asked for."""


def schools_that(region: Region, has: Exists) -> Counts:
    """The schools of a region by whether `has` holds of them, now. One query."""
    rows = (
        School.objects.filter(district__region=region)
        .annotate(has=has)
        .order_by()
        .values_list("district", "has")
        .annotate(schools=CountOf("pk"))
    )
    return {(district, YES if has else NO): count for district, has, count in rows}


def with_cameras(region: Region) -> Counts:
    """Schools by whether they have a camera. One query."""
    return schools_that(region, Exists(_cameras()))


def with_wired_cameras(region: Region) -> Counts:
    """Schools by whether the police see one of their cameras. One query."""
    return schools_that(region, Exists(_cameras().filter(wired_to_police=True)))


def _cameras() -> QuerySet[Camera]:
    return Camera.objects.filter(room__school=OuterRef("pk"))
