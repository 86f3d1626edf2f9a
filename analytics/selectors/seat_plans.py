"""What the seat plan pages show. Whether a seat is open is said, why never (rule 1)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from analytics.models import Seat, SeatPlan, WaitingStill
from analytics.selectors.plans import gate_for
from caseflow.directory.actors import Actor
from caseflow.directory.enums import CameraPurpose
from caseflow.directory.models import Camera, LessonSlot, Pupil, SchoolClass
from caseflow.directory.rules import goes_on, still_here


@dataclass(frozen=True, slots=True)
class Place:
    """Where a class sits before a camera; the camera's operator is its school."""

    camera: Camera
    school_class: SchoolClass

    @property
    def operator_id(self) -> int:
        return self.camera.room.school_id


@dataclass(frozen=True, slots=True)
class RollRow:
    """A pupil of the class by its number on the roll; `open` is all that is said of consents."""

    number: int
    pupil: Pupil
    open: bool


@dataclass(frozen=True, slots=True)
class Still:
    """What is drawn on: `waiting` names a still that no plan has taken yet."""

    width: int
    height: int
    kind: str
    waiting: WaitingStill | None
    plan: SeatPlan | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A place with its plan in force, what may be drawn on, the class and all versions."""

    place: Place
    plan: SeatPlan | None
    still: Still | None
    seats: tuple[Seat, ...]
    roll: tuple[RollRow, ...]
    versions: tuple[SeatPlan, ...]


@dataclass(frozen=True, slots=True)
class CameraRow:
    """A camera with the classes that have lessons or a plan before it, and those plans (or None)."""

    camera: Camera
    plans: tuple[tuple[SchoolClass, SeatPlan | None], ...]


def classroom_cameras(actor: Actor) -> QuerySet[Camera]:
    """The cameras of classrooms in the actor's schools."""
    cameras = Camera.objects.filter(purpose=CameraPurpose.CLASSROOM, room__school__in=actor.schools())
    return cameras.select_related("room__school")


def running_classes(actor: Actor, on: date | None = None) -> QuerySet[SchoolClass]:
    """The actor's classes of the running school year."""
    day = on or timezone.localdate()
    return actor.classes().filter(year__starts_on__lte=day, year__ends_on__gte=day).select_related("school")


def scoped_plans(actor: Actor) -> QuerySet[SeatPlan]:
    """Every version of every plan in the actor's schools."""
    plans = SeatPlan.objects.filter(camera__room__school__in=actor.schools(), school_class__in=actor.classes())
    return plans.select_related("camera__room__school", "school_class", "still_key", "created_by")


def cameras_with_plans(actor: Actor) -> list[CameraRow]:
    """The overview (4 queries)."""
    classes = {each.pk: each for each in running_classes(actor)}
    before: defaultdict[int, set[int]] = defaultdict(set)
    held = LessonSlot.objects.filter(goes_on(), school_class__in=classes)
    for room, school_class in held.values_list("room", "school_class"):
        before[room].add(school_class)
    drawn = scoped_plans(actor).filter(valid_to=None, school_class__in=classes).annotate(seat_count=Count("seats"))
    plans = {(plan.camera_id, plan.school_class_id): plan for plan in drawn}
    rows = []
    for camera in classroom_cameras(actor):
        here = before[camera.room_id] | {school_class for at, school_class in plans if at == camera.pk}
        pairs = ((school_class, plans.get((camera.pk, pk))) for pk, school_class in classes.items() if pk in here)
        rows.append(CameraRow(camera, tuple(pairs)))
    return rows


def place_of(actor: Actor, camera_id: int, class_id: int) -> Place:
    """Raises Camera.DoesNotExist, SchoolClass.DoesNotExist outside of the actor's scope."""
    camera = classroom_cameras(actor).get(pk=camera_id)
    return Place(camera, running_classes(actor).get(pk=class_id, school=camera.room.school_id))


def listed_plans(actor: Actor) -> QuerySet[SeatPlan]:
    """Every version in the actor's schools with `seat_count`, the newest of each place first."""
    return scoped_plans(actor).annotate(seat_count=Count("seats"))


def plan_in_force(place: Place) -> SeatPlan | None:
    """The version that no other has replaced."""
    plans = SeatPlan.objects.filter(camera=place.camera, school_class=place.school_class, valid_to=None)
    return plans.select_related("still_key", "created_by").first()


def waiting_still(place: Place) -> WaitingStill | None:
    """The still that waits to be drawn on."""
    stills = WaitingStill.objects.filter(camera=place.camera, school_class=place.school_class)
    return stills.select_related("key").first()


def scoped_stills(actor: Actor) -> QuerySet[WaitingStill]:
    """The stills that wait in the actor's schools."""
    stills = WaitingStill.objects.filter(camera__room__school__in=actor.schools(), school_class__in=actor.classes())
    return stills.select_related("key")


def plan_page(actor: Actor, place: Place) -> PlanPage:
    """What the editor begins with (8 queries)."""
    plan, waiting = plan_in_force(place), waiting_still(place)
    versions = scoped_plans(actor).filter(camera=place.camera, school_class=place.school_class)
    return PlanPage(
        place=place,
        plan=plan,
        still=_still(plan, waiting),
        seats=tuple(plan.seats.order_by("pk")) if plan else (),
        roll=roll_of(actor, place),
        versions=tuple(versions.annotate(seat_count=Count("seats")).order_by("-version")),
    )


def version_page(actor: Actor, plan_id: UUID) -> PlanPage:
    """One version as it was drawn. Raises SeatPlan.DoesNotExist outside of the actor's scope."""
    plan = listed_plans(actor).get(pk=plan_id)
    place = Place(plan.camera, plan.school_class)
    versions = scoped_plans(actor).filter(camera=plan.camera_id, school_class=plan.school_class_id)
    return PlanPage(
        place=place,
        plan=plan,
        still=_still(plan, None),
        seats=tuple(plan.seats.select_related("pupil").order_by("pk")),
        roll=roll_of(actor, place),
        versions=tuple(versions.annotate(seat_count=Count("seats")).order_by("-version")),
    )


def roll_of(actor: Actor, place: Place) -> tuple[RollRow, ...]:
    """The class by number, with whose seat is open now (4 queries)."""
    pupils = list(Pupil.objects.filter(still_here(), school_class=place.school_class))
    opened = open_pupils_for(actor, [pupil.pk for pupil in pupils], place.operator_id)
    return tuple(RollRow(number, pupil, pupil.pk in opened) for number, pupil in enumerate(pupils, start=1))


def open_pupils_for(actor: Actor, pupil_ids: list[UUID], operator_id: int) -> set[UUID]:
    """Those whose seat is open now (3 queries).

    The actor's own child always counts as closed: staff learn nothing here of what another guardian or the child
    itself decided (rules 10 and 10b).
    """
    others = set(actor.pupils().filter(pk__in=pupil_ids).values_list("pk", flat=True))
    gate, now = gate_for(others, operator_id), timezone.now()
    return {pupil_id for pupil_id in others if gate.allows(pupil_id, frame_at=now, now=now)}


def _still(plan: SeatPlan | None, waiting: WaitingStill | None) -> Still | None:
    if waiting:
        return Still(waiting.width, waiting.height, waiting.kind, waiting, None)
    return Still(plan.frame_width, plan.frame_height, plan.still_kind, None, plan) if plan else None
