"""Safe contacts and protective orders for tests. Everything is invented."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident, ProtectiveOrder
from caseflow.incidents.services.home import enter_order

TODAY = timezone.localdate()
AUNT = {"name": "Сәуле Тәжібаева", "relation": "тётя", "phone": "8 701 000 00 01", "when": "после шести, не писать"}


def order_on(
    incident: Incident, who: Actor, first: date | None = None, last: date | None = None, **facts: Any
) -> ProtectiveOrder:
    """An order in force for three weeks more, unless other days are named."""
    wanted: dict[str, Any] = {
        "kind": "protective",
        "number": "18/2",
        "issued_by": "Управление полиции района",
        "valid_from": first or TODAY - timedelta(days=10),
        "valid_until": last or TODAY + timedelta(days=20),
    }
    return enter_order(who, incident.pk, **wanted | facts)
