"""The clip of a disturbance ends with its time, or with the review of the report it became."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from analytics.enums import ClipAct, ClipState
from analytics.models import Disturbance
from analytics.selectors.clips import closed_for_good
from analytics.services.clips.ending import end_sealed
from caseflow.triage.services import lapse_item


def end_disturbances() -> int:
    """End the clips whose time is over or whose report is closed; what nobody decided on lapses. Returns how many."""
    closed = Q(incident__isnull=False) & closed_for_good("incident")
    over = Disturbance.objects.exclude(state=ClipState.ENDED).filter(Q(expires_at__lte=timezone.now()) | closed)
    return sum(_end(found) for found in over.select_related("triage_item__words_key"))


@transaction.atomic
def _end(found: Disturbance) -> bool:
    if not found.answer:
        lapse_item(found.pk)
    return end_sealed(found, ClipAct.EXPIRED, None)
