"""For how many pupils a consent stands, by district. Exact: the room that publishes decides what may be shown."""

from collections import Counter
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.consent.enums import Purpose
from caseflow.consent.selectors.gate import ledgers
from caseflow.directory.models import Pupil, Region, School

OPEN, NOT_OPEN = "open", "not_open"
Counts = dict[tuple[int, str], int]
"""By district, and by whether the gate is open."""


def covered(region: Region, purpose: Purpose, moment: datetime) -> Counts:
    """Pupils on the roll by whether the gate for `purpose` is open at `moment` (3 queries a school).

    School by school, so that the ledgers of a region never stand in memory together.
    """
    found: Counter[tuple[int, str]] = Counter()
    for school, district in School.objects.filter(district__region=region).values_list("pk", "district"):
        pupils = list(_on_the_roll(moment).filter(school=school).values_list("pk", flat=True))
        known = ledgers(pupils)
        is_open = sum(
            ledger.allows(purpose, frame_at=moment, now=moment, operator_id=school) for ledger in known.values()
        )
        found[district, OPEN] += is_open
        found[district, NOT_OPEN] += len(pupils) - is_open
    return dict(found)


def _on_the_roll(moment: datetime) -> QuerySet[Pupil]:
    day = timezone.localdate(moment)
    return Pupil.objects.filter(Q(left_on=None) | Q(left_on__gt=day), Q(died_on=None) | Q(died_on__gt=day))
