"""Exclusions of guardians: for psychologists alone."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from caseflow.consent.enums import EventKind
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors.gate import excluded_guardians
from caseflow.directory.actors import Actor


def open_proposals(actor: Actor) -> QuerySet[ConsentEvent]:
    """Proposals to exclude that wait for a second person, oldest first."""
    return _lines(actor, EventKind.EXCLUSION_PROPOSED).filter(answered_by=None)


def exclusions_in_force(actor: Actor) -> list[ConsentEvent]:
    """The lines by which guardians are excluded now, oldest first."""
    lines = list(_lines(actor, EventKind.GUARDIAN_EXCLUDED))
    excluded = {pupil_id: excluded_guardians(pupil_id) for pupil_id in {line.pupil_id for line in lines}}
    latest = {(line.pupil_id, line.guardian_id): line for line in lines}
    return [line for line in latest.values() if line.guardian_id in excluded[line.pupil_id]]


def excluded_since(pupil_id: UUID, guardian_id: UUID | None) -> datetime | None:
    """Since when this guardian is excluded; None for whoever is not. Nothing in the portal may say so (rule 10)."""
    if guardian_id is None or guardian_id not in excluded_guardians(pupil_id):
        return None
    lines = ConsentEvent.objects.filter(pupil=pupil_id, guardian=guardian_id, kind=EventKind.GUARDIAN_EXCLUDED)
    return lines.order_by("at").values_list("at", flat=True).last()


def proposal_of(pupil_id: UUID) -> QuerySet[ConsentEvent]:
    """The open proposals about one pupil's guardians."""
    return ConsentEvent.objects.filter(pupil=pupil_id, kind=EventKind.EXCLUSION_PROPOSED, answered_by=None)


def _lines(actor: Actor, kind: EventKind) -> QuerySet[ConsentEvent]:
    lines = ConsentEvent.objects.filter(kind=kind, pupil__in=actor.pupils())
    return lines.select_related("pupil__school", "pupil__data_key", "guardian", "by").order_by("at")
