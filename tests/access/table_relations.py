"""Who is around a pupil is seen by those who work on the case, and by nobody else."""

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, Cell, api, cell, only, within
from tests.access.table_cases import CHANGE, PSYCHOLOGIST, READ, REASON

LEAD = Role.LEAD_PSYCHOLOGIST
KIND = "peopled"
PERSON = {"kind": "helper", "said_by": "pupil", "outside": "Тренер"}

TABLE: list[Cell] = [
    cell("relations:case", "GET", KIND, allow=READ),
    cell("relations:card", "GET", KIND, allow=READ),
    cell("relations:find", "GET", KIND, allow=READ, sends={"q": "ма"}),
    cell("relations:add", "GET", KIND, allow=READ),
    cell("relations:add", "POST", KIND, allow=CHANGE, sends=PERSON),
    cell("relations:end", "GET", KIND, allow=READ),
    cell("relations:end", "POST", KIND, allow=CHANGE, sends={"reason": REASON}),
    api("api:people-around-detail", "GET", KIND, allow=READ),
    api(
        "api:people-around-people",
        "POST",
        KIND,
        allow={PSYCHOLOGIST: within(201, closed=409), LEAD: only(201, ASSIGNED, closed=409)},
        sends=PERSON,
    ),
    api(
        "api:people-around-end",
        "POST",
        KIND,
        allow={PSYCHOLOGIST: within(200, closed=409), LEAD: only(200, ASSIGNED, closed=409)},
        sends={"reason": REASON},
    ),
]
