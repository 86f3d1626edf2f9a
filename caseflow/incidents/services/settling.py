"""The clocks of two reports of one event: the one that goes on keeps the earlier terms."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from caseflow.clocks.models import Clock
from caseflow.clocks.services import stop_clock
from caseflow.incidents.models import Incident, LegalAssessment
from caseflow.incidents.rules.duties import DUTIES
from caseflow.incidents.services.duties import settle_duties
from caseflow.triage.models import TriageItem

ON_ITEM = ("psych_clock", "legal_clock")
ON_REPORT = ("police_clock", *DUTIES)


def take_earlier_clocks(merged: Incident, into: Incident, at: datetime) -> list[str]:
    """Give `into` the running clocks of `merged` that end earlier, and stop those that `merged` is left with.

    Whole rows change hands, so that what was told of a clock stays with it. Returns the names of those exchanged.
    """
    exchanged = [name for name in (*ON_ITEM, *ON_REPORT) if _ends_earlier(_clock(merged, name), _clock(into, name))]
    exchange(merged, into, exchanged)
    for name in (*ON_ITEM, *ON_REPORT):
        left = _clock(merged, name)
        if left:
            stop_clock(left.pk, at)
    return exchanged


def exchange(one: Incident, other: Incident, names: list[str]) -> None:
    """Let two reports exchange these clocks."""
    for name in names:
        mine, yours = _clock(one, name), _clock(other, name)
        if name in ON_REPORT:
            _hold(one, name, None)  # no two reports hold one clock, even for a moment
        _hold(other, name, mine)
        _hold(one, name, yours)


def settle(incident: Incident, *, since: datetime | None = None, exchanged: Collection[str] = ()) -> None:
    """Bring the clocks of a report in line with what has been done: each stops when its own work is done.

    Those that stopped at `since`, because of the merge, and those that were `exchanged` run on where it is not.
    """
    item = TriageItem.objects.select_related(*ON_ITEM).get(pk=incident.triage_item_id)
    legal = LegalAssessment.objects.filter(incident=incident).values_list("at", flat=True).first()
    done = (
        ("psych_clock", item.psych_clock, item.decided_at),
        ("legal_clock", item.legal_clock, legal),
        ("police_clock", incident.police_clock, incident.police_informed_at),
    )
    for name, clock, end in done:
        if clock is None:
            continue
        own = Clock.objects.filter(pk=clock.pk)
        if name in exchanged:
            own.update(stopped_at=end)
        elif since is not None:
            own.filter(stopped_at=since).update(stopped_at=end)
        elif end is not None:
            own.filter(stopped_at=None).update(stopped_at=end)
    settle_duties(incident)
    _place_in_queue(item.pk)


def _place_in_queue(item_id: UUID) -> None:
    item = TriageItem.objects.select_related(*ON_ITEM).get(pk=item_id)
    legal = item.legal_clock.due_at if item.legal_clock and item.legal_clock.stopped_at is None else None
    due_at = min(item.psych_clock.due_at, legal or item.psych_clock.due_at)
    TriageItem.objects.filter(pk=item_id).update(due_at=due_at)


def _clock(incident: Incident, name: str) -> Clock | None:
    clock: Clock | None = getattr(incident if name in ON_REPORT else incident.triage_item, name)
    return clock


def _hold(incident: Incident, name: str, clock: Clock | None) -> None:
    row: Incident | TriageItem = incident if name in ON_REPORT else incident.triage_item
    setattr(row, name, clock)
    row.save(update_fields=[name])


def _ends_earlier(mine: Clock | None, theirs: Clock | None) -> bool:
    if mine is None or mine.stopped_at:
        return False
    return theirs is None or (theirs.stopped_at is None and mine.due_at < theirs.due_at)
