"""An event of a camera becomes a clip in the queue, if it has a place that day, in one transaction."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from analytics.enums import ClipAct, ClipState, Feature, Mode
from analytics.models import CameraDay, Disturbance, ModelCard
from analytics.pipeline.disturbance.budget import Held, Place, place_for
from analytics.pipeline.disturbance.memory import pictures_of
from analytics.pipeline.disturbance.watching import Disturbance as Event
from analytics.pipeline.evidence import Evidence, draw_evidence
from analytics.rules.disturbances import KIND, QUALITY_CODE, TITLE_CODE, WEAK
from analytics.selectors.disturbances import is_watched, terms_in_force
from analytics.selectors.switching import current_card, mode_of
from analytics.services.clips.ending import end_sealed
from analytics.services.clips.logging import log_clip
from caseflow.directory.models import Camera
from caseflow.records.files import files_with_rows, keep_file
from caseflow.records.vault import new_key
from caseflow.triage.enums import Audience
from caseflow.triage.models import TriageItem
from caseflow.triage.services import file_item, lapse_item


def take_event(camera_id: int, event: Event, *, demo: bool = False) -> Disturbance | None:
    """Draw the clip of an event, seal it and put it into the queue; None where it is switched off, was taken already,
    or has no place among the strongest of that camera and day: then it is only counted.

    Drawing takes about two seconds of one core, so whoever watches calls this beside the watch. Nothing unsealed
    touches the disk.
    """
    if not is_watched(camera_id):
        return None
    camera = Camera.objects.select_related("room__school__district").get(pk=camera_id)
    if not _has_place(camera, event):
        return None
    evidence = draw_evidence(lambda: pictures_of(event.frames), lambda _frames, _turn: None)
    with files_with_rows():
        if not _given_place(camera, event):
            return None
        return _stored(camera, event, evidence, demo=demo)


def _has_place(camera: Camera, event: Event) -> bool:
    """A look before the work of drawing; what has no place is counted here and asks for no second look."""
    with transaction.atomic():
        return _place(camera, event).shown


def _given_place(camera: Camera, event: Event) -> bool:
    """Take the place, from a weaker clip if need be. Somebody may look at that one meanwhile: then it keeps its place,
    and another is asked for."""
    place = _place(camera, event)
    while place.gives_way is not None:
        if _gave_way(place.gives_way):
            break
        place = _place(camera, event)
    return place.shown


def _place(camera: Camera, event: Event) -> Place[UUID]:
    """The place of the event, with the camera's day locked. An event that has none is counted."""
    at = timezone.localtime(event.at)
    day, _new = CameraDay.objects.get_or_create(camera=camera, date=at.date())
    CameraDay.objects.select_for_update().get(pk=day.pk)
    if Disturbance.objects.filter(camera=camera, at=event.at).exists():
        return Place(shown=False)
    shown = Disturbance.objects.filter(camera=camera, date=day.date, gave_way=False)
    most = terms_in_force(camera.room.school, day.date).clips_a_day
    place = place_for(event.strength, [_held(clip) for clip in shown], most)
    if not place.shown:
        CameraDay.objects.filter(pk=day.pk).update(not_shown=F("not_shown") + 1)
    return place


def _held(clip: Disturbance) -> Held[UUID]:
    settled = bool(clip.looked_at or clip.answer) or clip.state != ClipState.READY
    return Held(clip.pk, clip.strength, settled)


def _gave_way(clip_id: UUID) -> bool:
    unseen = Disturbance.objects.filter(pk=clip_id, looked_at=None, answer="", state=ClipState.READY, gave_way=False)
    if not unseen.update(gave_way=True):
        return False
    clip = Disturbance.objects.select_related("triage_item__words_key").get(pk=clip_id)
    lapse_item(clip_id)
    end_sealed(clip, ClipAct.GAVE_WAY, None)
    CameraDay.objects.filter(camera=clip.camera_id, date=clip.date).update(not_shown=F("not_shown") + 1)
    return True


def _stored(camera: Camera, event: Event, evidence: Evidence, *, demo: bool) -> Disturbance | None:
    school = camera.room.school
    mode, card = mode_of(school.pk, Feature.DISTURBANCE), current_card(Feature.DISTURBANCE)
    if mode == Mode.OFF or card is None:  # stopped while it was drawn
        return None
    item = _filed(camera, card, mode, evidence, demo=demo)
    key, at = new_key("disturbance"), timezone.localtime(event.at)
    terms = terms_in_force(school, at.date())
    clip = Disturbance.objects.create(
        pk=item.pk,
        triage_item=item,
        school=school,
        camera=camera,
        card=card,
        mode=mode,
        demo=demo,
        at=event.at,
        date=at.date(),
        strength=event.strength,
        key=key,
        state=ClipState.READY,
        covered_file=keep_file(key, evidence.covered),
        sharp_file=keep_file(key, evidence.sharp),
        **_figures(evidence),
        expires_at=timezone.now() + terms.undecided_for,
    )
    log_clip(clip, ClipAct.ADDED, None)
    return clip


def _figures(evidence: Evidence) -> dict[str, Any]:
    names = ("covered_share", "duration_s", "width_px", "height_px")
    return {name: getattr(evidence, name) for name in names}


def _filed(camera: Camera, card: ModelCard, mode: Mode, evidence: Evidence, *, demo: bool) -> TriageItem:
    return file_item(
        kind=KIND,
        audience=Audience.LEAD if mode == Mode.SHADOW else Audience.SCHOOL,
        school=camera.room.school,
        pupil=None,
        title_code=TITLE_CODE,
        facts={"seconds": round(evidence.duration_s)},
        words="",
        quality=WEAK,
        quality_code=QUALITY_CODE,
        ai_model=str(card),
        psych_code="disturbance_review",
        demo=demo,
    )
