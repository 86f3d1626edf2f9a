from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem
from caseflow.triage.services.filing import address_of, deciders, leads_who_may_know
from notifications.enums import AlertKind

if TYPE_CHECKING:
    from notifications.texts import Params


def tell_of_clocks(clock_ids: Iterable[UUID]) -> None:
    """Tell those who decide that a clock of their items nears its end; when it is missed, the leads as well.

    Called by the sweep inside its transaction, once per mark of a clock. The legal clock is told of after the
    psychologist's decision too, for it runs on.
    """
    ids = list(clock_ids)
    open_psych = Q(psych_clock__in=ids, state__in=OPEN_STATES)
    items = TriageItem.objects.filter(open_psych | Q(legal_clock__in=ids))
    for item in items.select_related("school__district", "psych_clock", "legal_clock"):
        for clock in (item.psych_clock, item.legal_clock):
            if clock and clock.pk in ids:
                _tell(item, clock)


def _tell(item: TriageItem, clock: Clock) -> None:
    params: Params = {"clock": clock.code, "due": clock.due_at.isoformat(), "school": item.school.names}
    if clock.escalated_at is None:
        tell_of_deadline(clock, deciders(item), kind=AlertKind.DEADLINE_NEAR, params=params, url=address_of(item))
        return
    everybody = deciders(item) + leads_who_may_know(item)
    tell_of_deadline(clock, everybody, kind=AlertKind.DEADLINE_MISSED, params=params, url=address_of(item))
