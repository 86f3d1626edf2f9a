"""Unusual motion: who may see its clips, whether a camera is watched for it, and what answers came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from analytics.enums import ClipAct, ClipState, DisturbanceAnswer, Feature, Mode
from analytics.models import CameraDay, Disturbance, DisturbanceEvent, DisturbanceTerms
from analytics.pipeline.figures import Share
from analytics.rules.disturbances import FEWEST_ANSWERS, JOINS_WITHIN, KIND
from analytics.selectors.switching import current_card, mode_of
from caseflow.alarms.selectors.notices import refs_sent_to
from caseflow.directory.actors import Actor
from caseflow.directory.enums import CameraPurpose, Role
from caseflow.directory.models import Camera, School
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors.merging import deciding_scope
from caseflow.records.vault import unseal, where
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import scoped_items

SHOWN = ("camera__room", "school", "card", "key", "triage_item__words_key", "incident", "notice", "answered_by")


def is_watched(camera_id: int) -> bool:
    """Whether unusual motion before this camera is looked for at this moment; a running watch asks each few seconds and
    ends when it is not (rule 4)."""
    camera = Camera.objects.select_related("room").filter(pk=camera_id, purpose=CameraPurpose.CORRIDOR).first()
    if camera is None or current_card(Feature.DISTURBANCE) is None:
        return False
    return mode_of(camera.room.school_id, Feature.DISTURBANCE) != Mode.OFF


def terms_in_force(school: School, on: date) -> DisturbanceTerms:
    """The school's own terms, else those of all. Raises DisturbanceTerms.DoesNotExist before the first of them."""
    terms = DisturbanceTerms.objects.filter(Q(school=school) | Q(school=None), effective_from__lte=on)
    return terms.order_by(F("school").desc(nulls_last=True), "-effective_from", "-pk")[:1].get()


def scoped_disturbances(actor: Actor) -> QuerySet[Disturbance]:
    """For who decides in the queue: those whose items are theirs. For the operator: those sent to the own centre and
    not closed there. Nobody else has any."""
    found = Disturbance.objects.select_related(*SHOWN)
    if actor.role == Role.POLICE_OPERATOR:
        return found.filter(pk__in=refs_sent_to(actor, KIND))
    return found.filter(triage_item__in=scoped_items(actor).order_by().values("pk"))


def places_of_items(items: Sequence[TriageItem]) -> dict[UUID, str]:
    """The camera, by item of the queue (one query)."""
    found = Disturbance.objects.filter(pk__in=[item.pk for item in items]).select_related("camera__room")
    return {each.pk: str(each.camera) for each in found}


@dataclass(frozen=True, slots=True)
class LoggedLook:
    """A line of the viewer log, with its reason in plain words."""

    event: DisturbanceEvent
    reason: str


@dataclass(frozen=True, slots=True)
class ShownDisturbance:
    """A disturbance as its page shows it. `joinable` are open reports that may tell of the same."""

    disturbance: Disturbance
    events: tuple[LoggedLook, ...]
    joinable: tuple[Incident, ...]
    has_looked: bool

    @property
    def is_ready(self) -> bool:
        return self.disturbance.state == ClipState.READY

    @property
    def may_send(self) -> bool:
        """Whether it may go to the police centre: reported, and not there yet."""
        return self.is_ready and self.disturbance.incident_id is not None and self.disturbance.notice_id is None


def shown_disturbance(actor: Actor, pk: UUID) -> ShownDisturbance:
    """Raises Disturbance.DoesNotExist outside the actor's scope."""
    found = scoped_disturbances(actor).prefetch_related("events__by").get(pk=pk)
    events = tuple(LoggedLook(event, _reason(found, event)) for event in found.events.all())
    joinable = tuple(joinable_reports(actor, found)) if not found.answer and actor.role != Role.POLICE_OPERATOR else ()
    return ShownDisturbance(found, events, joinable, has_looked(actor, found))


def has_looked(actor: Actor, disturbance: Disturbance) -> bool:
    """Whether the actor has seen the clip."""
    looks = (ClipAct.LOOKED, ClipAct.SHARPENED)
    return DisturbanceEvent.objects.filter(clip=disturbance, by=actor.user, act__in=looks).exists()


def joinable_reports(actor: Actor, disturbance: Disturbance) -> QuerySet[Incident]:
    """Reports of the school, of two days around, about which the actor decides and that are not dismissed."""
    around = (disturbance.at - JOINS_WITHIN, disturbance.at + JOINS_WITHIN)
    reports = deciding_scope(actor).filter(school=disturbance.school, merged_into=None, created_at__range=around)
    return reports.exclude(triage_item__state=ItemState.DISMISSED).filter(about_staff=False)


@dataclass(frozen=True, slots=True)
class Precision:
    """What came of what a camera showed. `share` is of the answers that a human gave."""

    camera: Camera
    shown: int
    not_shown: int
    ordinary: int
    bullying: int
    fight: int

    @property
    def answered(self) -> int:
        return self.ordinary + self.bullying + self.fight

    @property
    def is_enough(self) -> bool:
        return self.answered >= FEWEST_ANSWERS

    @property
    def percent(self) -> tuple[int, int, int]:
        """How many of the answers were a fight or possible bullying, with the ends of the 95 % interval."""
        share = Share(self.bullying + self.fight, self.answered)
        low, high = share.interval or (0.0, 1.0)
        return round(100 * (share.value or 0)), round(100 * low), round(100 * high)


def precisions(actor: Actor) -> list[Precision]:
    """Of each corridor camera of the actor's schools (4 queries)."""
    cameras = Camera.objects.filter(room__school__in=actor.schools(), purpose=CameraPurpose.CORRIDOR)
    shown = Disturbance.objects.filter(camera__in=cameras, gave_way=False, mode=Mode.ACTIVE)
    said = {answer.value: Count("pk", filter=Q(answer=answer)) for answer in DisturbanceAnswer}
    rows = shown.order_by().values_list("camera").annotate(shown=Count("pk"), **said)
    counted = {camera: dict(zip(("shown", *said), numbers, strict=True)) for camera, *numbers in rows}
    days = CameraDay.objects.filter(camera__in=cameras).order_by().values_list("camera")
    passed_over = dict(days.annotate(number=Sum("not_shown")))
    listed = cameras.select_related("room__school").order_by("room__school__name_ru", "room__name", "name")
    nothing = dict.fromkeys(("shown", *said), 0)
    return [
        Precision(camera=camera, not_shown=passed_over.get(camera.pk, 0), **counted.get(camera.pk, nothing))
        for camera in listed
    ]


def _reason(found: Disturbance, event: DisturbanceEvent) -> str:
    return unseal(found.log_key, event.reason_sealed, where("analytics.DisturbanceEvent", event.pk, "reason"))
