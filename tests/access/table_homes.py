"""What keeps a child safe at home: for those who decide on the report alone."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, SAME_SCHOOL, Answer, Asked, Cell, Relation, Sent, cell, only, within

LEAD = Role.LEAD_PSYCHOLOGIST
CONTACT = {"name": "Бабушка", "relation": "бабушка", "phone": "8 701 000 00 02"}


def _decided_by(status: int) -> dict[Role, dict[Relation, Answer]]:
    return {Role.PSYCHOLOGIST: within(status, same_school=404), LEAD: only(status, ASSIGNED, SAME_SCHOOL)}


def _order(_asked: Asked) -> Sent:
    today = timezone.localdate()
    facts: dict[str, Any] = {"kind": "conduct", "number": "2-114", "issued_by": "Районный суд"}
    return facts | {"valid_from": today.isoformat(), "valid_until": (today + timedelta(days=30)).isoformat()}


def _extend(asked: Asked) -> Sent:
    later = timezone.localdate() + timedelta(days=60)
    return {"order": str(asked.thing["order"]), "valid_until": later.isoformat()}


TABLE: list[Cell] = [
    cell(
        "incidents:home-of-pupil",
        "GET",
        "pupil",
        allow=dict.fromkeys((Role.PSYCHOLOGIST, LEAD), within(200, closed=404)),
    ),
    cell("incidents:home", "GET", "home", allow=_decided_by(200)),
    cell("incidents:contacts", "POST", "home", allow=_decided_by(302), sends=CONTACT),
    cell(
        "incidents:end-contact",
        "POST",
        "home",
        allow=_decided_by(302),
        sends=lambda asked: {"chosen": str(asked.thing["contact"])},
    ),
    cell("incidents:orders", "POST", "home", allow=_decided_by(302), sends=_order),
    cell("incidents:extend-order", "POST", "home", allow=_decided_by(302), sends=_extend),
    cell(
        "incidents:lift-order",
        "POST",
        "home",
        allow=_decided_by(302),
        sends=lambda asked: {"chosen": str(asked.thing["order"])},
    ),
]
