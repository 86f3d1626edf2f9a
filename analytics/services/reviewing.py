"""Opening a signal is recorded with the opening; deciding goes through the one queue."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from analytics.enums import ClimateSpan
from analytics.selectors.climate import Climate, climate_of
from analytics.selectors.signals import Mood, Neighbours, Review, mood_of, neighbours, review_of
from caseflow.audit.services import record
from caseflow.cases.models import Case
from caseflow.cases.selectors import open_case_of
from caseflow.directory.actors import Actor


@dataclass(frozen=True, slots=True)
class OpenedSignal:
    """A signal under review, its place in the queue, and the pupil's open case if there is one."""

    review: Review
    neighbours: Neighbours
    own_case: Case | None


@transaction.atomic
def open_signal(actor: Actor, item_id: UUID) -> OpenedSignal:
    """What the review page shows. Raises Signal.DoesNotExist outside the actor's scope or while the gate is closed."""
    review = review_of(actor, item_id)
    record(
        action="read",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"signal:{item_id}",
        pupil_id=review.signal.pupil_id,
    )
    case = open_case_of(review.signal.pupil_id, review.signal.triage_item.school_id)
    return OpenedSignal(review, neighbours(actor, item_id), case)


@transaction.atomic
def open_mood(actor: Actor, pupil_id: UUID) -> Mood | None:
    """What the case page shows of a pupil's series, None when nothing may be shown; a reading is recorded.

    Raises Pupil.DoesNotExist outside the actor's scope.
    """
    mood = mood_of(actor, pupil_id)
    if mood is not None:
        record(
            action="read",
            actor_id=actor.user.pk,
            role=actor.role,
            obj=f"mood:{mood.series.pk}",
            pupil_id=pupil_id,
        )
    return mood


@transaction.atomic
def open_climate(actor: Actor, class_id: int, span: ClimateSpan) -> Climate:
    """The heat-map of a class; its reading is recorded. Raises SchoolClass.DoesNotExist as `climate_of` does."""
    climate = climate_of(actor, class_id, span)
    record(
        action="read", actor_id=actor.user.pk, role=actor.role, obj=f"climate:{class_id}", detail={"span": str(span)}
    )
    return climate
