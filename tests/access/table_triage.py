"""The queue is the psychologist's; the lead psychologist decides what is kept from the school and what needs a second
person. Nobody else sees an item."""

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, SAME_SCHOOL, Cell, api, cell, each, only, within

PSYCHOLOGIST, LEAD = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST
DECIDERS = (PSYCHOLOGIST, LEAD)
DISMISS = {"decision": "dismiss", "reason_code": "already_handled", "reason": "Разобрано вчера"}


def _by(status: int, *, closed: int) -> dict:  # type: ignore[type-arg]
    """`status` for the items each of the two decides; a decided one gets `closed`."""
    return {PSYCHOLOGIST: within(status, same_school=404, closed=closed), LEAD: only(status, ASSIGNED, SAME_SCHOOL)}


TABLE: list[Cell] = [
    cell("triage:today", "GET", allow=each(DECIDERS, 200)),
    cell("triage:queue", "GET", allow=each(DECIDERS, 200)),
    cell("triage:side", "GET", allow=each(DECIDERS, 200)),
    cell("triage:count", "GET", allow=each(DECIDERS, 200)),
    cell(
        "triage:case-items",
        "GET",
        "case",
        allow={PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)},
    ),
    cell(
        "triage:case-waiting",
        "GET",
        "case",
        allow={PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)},
    ),
    cell("triage:item", "GET", "item", allow=_by(200, closed=200), headers={"HX-Request": "true"}),
    cell("triage:claim", "POST", "item", allow=_by(204, closed=409)),
    cell("triage:release", "POST", "item", allow=_by(204, closed=204)),
    cell("triage:decide", "POST", "item", allow=_by(302, closed=409), sends=DISMISS),
    cell("triage:undo", "POST", "item", allow=_by(409, closed=409)),
    cell("triage:pupils", "GET", "item", allow=_by(200, closed=200)),
    api("api:triage-item-list", "GET", allow=each(DECIDERS, 200)),
    api("api:triage-item-detail", "GET", "item", allow=_by(200, closed=200)),
    api("api:triage-item-decide", "POST", "item", allow=_by(200, closed=409), sends=DISMISS),
    api("api:triage-item-claim", "POST", "item", allow=_by(200, closed=409)),
    api("api:triage-item-release", "POST", "item", allow=_by(204, closed=204)),
    api("api:triage-item-undo", "POST", "item", allow=_by(409, closed=409)),
    api("api:triage-item-pupils", "GET", "item", allow=_by(200, closed=200)),
    api(
        "api:case-item-detail",
        "GET",
        "case",
        allow={PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)},
    ),
    api("api:day-list", "GET", allow=each(DECIDERS, 200)),
]
