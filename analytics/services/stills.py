"""Stills to draw seats on: type by content, drawn anew without metadata, nobody to be seen, sealed (rules 12, 25)."""

import logging
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import cv2
from django.db import transaction

from analytics.enums import StillKind
from analytics.models import SeatPlan, WaitingStill
from analytics.pipeline.builtin import load_builtin_detector
from analytics.pipeline.errors import ModelChanged, ModelMissing, PictureError
from analytics.pipeline.images import Image
from analytics.pipeline.packs import FaceDetector
from analytics.pipeline.pictures import decoded_picture
from analytics.pipeline.stills import blurred_as_a_whole, shows_a_face
from analytics.rules.plan_refusals import PlanRefusedError
from analytics.selectors.seat_plans import Place, place_of, scoped_plans, scoped_stills
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.records.files import files_with_rows, keep_file, read_file, remove_file
from caseflow.records.received import JPEG, PNG, is_webp
from caseflow.records.vault import VaultError, new_key

log = logging.getLogger(__name__)

FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_BYTES: Final = 15 * 1024 * 1024
MOST_PIXELS: Final = 4096 * 2304  # what the analysis reads at most
SMALLEST_PX: Final = (320, 180)
JPEG_QUALITY: Final = 90


@dataclass(frozen=True, slots=True)
class StillFile:
    """A still as it is sent to the browser."""

    content: bytes

    @property
    def media_type(self) -> str:
        return "image/png" if self.content.startswith(PNG) else "image/jpeg"


def keep_still(actor: Actor, camera_id: int, class_id: int, *, content: bytes, kind: StillKind) -> WaitingStill:
    """Keep a still until seats are drawn on it, in the place of one that waits already.

    A still that is said to be blurred is blurred here, whatever was sent. Raises Camera.DoesNotExist,
    SchoolClass.DoesNotExist, or PlanRefusedError whose code says why.
    """
    place = place_of(actor, camera_id, class_id)
    picture = decoded(content)
    shown = _without_anybody(picture, kind)
    return _keep(actor, place, shown, kind)


def waiting_still_file(actor: Actor, still_id: UUID) -> StillFile:
    """Raises WaitingStill.DoesNotExist outside of the actor's scope."""
    still = scoped_stills(actor).get(pk=still_id)
    return StillFile(read_file(still.key, still.file))


def plan_still_file(actor: Actor, plan_id: UUID) -> StillFile:
    """Raises SeatPlan.DoesNotExist outside of the actor's scope."""
    plan = scoped_plans(actor).get(pk=plan_id)
    return StillFile(read_file(plan.still_key, plan.still))


def still_of(plan: SeatPlan) -> Image | None:
    """What the plan was drawn on, for an analysis to hold its pictures against; None where it cannot be read."""
    try:
        return decoded(read_file(plan.still_key, plan.still))
    except (OSError, VaultError, PlanRefusedError) as error:
        log.warning("The still of seat plan %s cannot be read: %s", plan.pk, type(error).__name__)
        return None


def is_picture(beginning: bytes) -> bool:
    """Whether it begins like one of the formats a still may have."""
    return beginning.startswith((JPEG, PNG)) or is_webp(beginning)


def decoded(content: bytes) -> Image:
    """The pixels (BGR), upright as the camera held them. Raises PlanRefusedError."""
    if not content:
        raise PlanRefusedError("empty_file")
    if len(content) > MOST_BYTES:
        raise PlanRefusedError("too_heavy")
    try:
        picture = decoded_picture(content, FORMATS, MOST_PIXELS)
    except PictureError as error:
        raise PlanRefusedError(error.code) from error
    height, width = picture.shape[:2]
    if max(width, height) < SMALLEST_PX[0] or min(width, height) < SMALLEST_PX[1]:
        raise PlanRefusedError("too_small")
    return picture


def _without_anybody(picture: Image, kind: StillKind) -> Image:
    detector = _detector()
    if kind == StillKind.BLURRED:
        return blurred_as_a_whole(picture, detector)
    if shows_a_face(picture, detector):
        raise PlanRefusedError("face_found")
    return picture


def _detector() -> FaceDetector:
    try:
        return load_builtin_detector()
    except (ModelMissing, ModelChanged) as error:
        raise PlanRefusedError("model_missing") from error


def _keep(actor: Actor, place: Place, shown: Image, kind: StillKind) -> WaitingStill:
    _ok, encoded = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    height, width = shown.shape[:2]
    with files_with_rows():
        key = new_key("seat plan")
        name = keep_file(key, encoded.tobytes())
        still = WaitingStill(file=name, key=key, kind=kind, width=width, height=height, uploaded_by=actor.user)
        _put(place, still)
        record(
            action="seat_plan.still",
            actor_id=actor.user.pk,
            role=actor.role,
            obj=f"still:{still.pk}",
            detail={"camera": place.camera.pk, "class": place.school_class.pk, "kind": kind},
        )
    return still


def _put(place: Place, still: WaitingStill) -> None:
    """In the place of the one that waits; its file goes with it."""
    earlier = WaitingStill.objects.select_for_update().filter(camera=place.camera, school_class=place.school_class)
    for gone in earlier:
        transaction.on_commit(lambda name=gone.file: remove_file(name))  # type: ignore[misc]
        gone.delete()
    still.camera, still.school_class = place.camera, place.school_class
    still.save()
