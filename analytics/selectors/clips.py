"""Whose clips somebody reaches: those of the reports about which they decide, while these are under review."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from analytics.enums import ClipState, UploadPurpose, UploadState
from analytics.models import ClipEvent, Disturbance, IncidentClip, Upload
from analytics.rules.clips import TAKEN, UNDER_WAY, clip_text
from analytics.selectors.disturbances import scoped_disturbances
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors.merging import deciding_scope
from caseflow.records.vault import unseal, where
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem
from caseflow.undo.rules import UNDO_WITHIN

SLACK = timedelta(seconds=10)
ON_THE_WAY = (UploadState.RECEIVING, UploadState.RECEIVED)


def under_review() -> Q:
    """Of Incident: nobody has decided yet, or the case it was put into is open. A merged report goes by the other."""

    def goes_on(item: str) -> Q:
        in_work = Q(**{f"{item}__case__closed_at": None, f"{item}__case__isnull": False})
        return Q(**{f"{item}__state__in": OPEN_STATES}) | in_work

    return (Q(merged_into=None) & goes_on("triage_item")) | goes_on("merged_into__triage_item")


def closed_for_good(incident: str) -> Q:
    """Of whatever has a report `incident`: its review is over. What was closed a moment ago waits: a decision can be
    taken back."""
    decided = TriageItem.objects.filter(decided_at__gt=timezone.now() - UNDO_WITHIN - SLACK)
    own, others = f"{incident}__triage_item__in", f"{incident}__merged_into__triage_item__in"
    undoable = Q(**{own: decided}) | Q(**{others: decided})
    return ~Q(**{f"{incident}__in": Incident.objects.filter(under_review())}) & ~undoable


def report_with_clips(actor: Actor, incident_id: UUID) -> Incident:
    """Raises Incident.DoesNotExist unless the actor decides on the report."""
    return deciding_scope(actor).select_related("data_key", "triage_item").get(pk=incident_id)


def is_under_review(incident: Incident) -> bool:
    """Whether the report may have clips."""
    return Incident.objects.filter(under_review(), pk=incident.pk).exists()


def scoped_clips(actor: Actor) -> QuerySet[IncidentClip]:
    """The clips that are there, of reports about which the actor decides and that are under review."""
    reports = deciding_scope(actor).filter(under_review())
    standing = IncidentClip.objects.exclude(state=ClipState.ENDED)
    return standing.filter(incident__in=reports).select_related(
        "incident__data_key", "incident__triage_item", "key", "upload"
    )


def clip_uploads(actor: Actor) -> QuerySet[Upload]:
    """The actor's own videos on their way to a report about which they decide."""
    own = Upload.objects.filter(owner=actor.user, purpose=UploadPurpose.CLIP, state__in=ON_THE_WAY)
    return own.filter(incident__in=deciding_scope(actor))


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """A line of the viewer log, with its reason in plain words."""

    event: ClipEvent
    reason: str


@dataclass(frozen=True, slots=True)
class ShownClip:
    """A clip as its page shows it; ended ones are shown by their log."""

    clip: IncidentClip
    events: tuple[LoggedEvent, ...]

    @property
    def error(self) -> str:
        return str(clip_text(self.clip.error_code)) if self.clip.error_code else ""

    @property
    def percent(self) -> int:
        return round(self.clip.progress * 100)

    @property
    def covered_percent(self) -> int:
        return round(self.clip.covered_share * 100)

    @property
    def is_ready(self) -> bool:
        return self.clip.state == ClipState.READY

    @property
    def is_under_way(self) -> bool:
        return self.clip.state in UNDER_WAY


@dataclass(frozen=True, slots=True)
class ReportClips:
    """The clips of a report, and the actor's own videos on their way to it. `reviewed`: it may get another.
    `disturbances` are clips of corridor cameras that became this report, as far as the actor reaches them."""

    incident: Incident
    reviewed: bool
    clips: tuple[ShownClip, ...]
    uploads: tuple[Upload, ...]
    disturbances: tuple[Disturbance, ...]

    @property
    def standing(self) -> int:
        return sum(shown.clip.state in TAKEN for shown in self.clips)

    @property
    def under_way(self) -> bool:
        return any(shown.is_under_way for shown in self.clips)


def clips_of(actor: Actor, incident_id: UUID) -> ReportClips:
    """Raises Incident.DoesNotExist unless the actor decides on the report."""
    incident = report_with_clips(actor, incident_id)
    found = incident.clips.select_related("upload").prefetch_related("events__by")
    clips = tuple(shown(incident, clip) for clip in found)
    uploads = tuple(clip_uploads(actor).filter(incident=incident))
    cameras = tuple(scoped_disturbances(actor).filter(incident=incident))
    return ReportClips(incident, is_under_review(incident), clips, uploads, cameras)


def shown(incident: Incident, clip: IncidentClip) -> ShownClip:
    """The clip with its log."""
    events = [LoggedEvent(event, _reason(incident, event)) for event in clip.events.all()]
    return ShownClip(clip, tuple(events))


def _reason(incident: Incident, event: ClipEvent) -> str:
    return unseal(incident.data_key, event.reason_sealed, where("analytics.ClipEvent", event.pk, "reason"))
