"""Anybody reports at a school's address, signed in or not, and is nobody there. The school's administrator makes and
prints the address; those who decide on a report without a name answer its reporter and see the pictures."""

from caseflow.directory.enums import Role
from tests.access.cells import (
    ASSIGNED,
    OTHER_SCHOOL,
    OWN,
    SAME_SCHOOL,
    Cell,
    api,
    cell,
    each,
    only,
    open_to_all,
    within,
)

EVERYBODY = each(tuple(Role), only(200, OWN, OTHER_SCHOOL))  # 404 at an address that was renewed
ADMIN, PSYCHOLOGIST, LEAD = Role.SCHOOL_ADMIN, Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST

TABLE: list[Cell] = [
    cell("anonymous:report", "GET", "address", allow=EVERYBODY, anonymous=200, revoked=200),
    cell(
        "anonymous:report",
        "POST",
        "address",
        allow=EVERYBODY,
        anonymous=200,
        revoked=200,
        sends={"danger": "1"},
    ),
    open_to_all("anonymous:answers", "GET", visitors=200, signed_in=200),
    open_to_all("anonymous:answers", "POST", visitors=422, signed_in=422, sends={"code": ""}),
    open_to_all("anonymous:talk", "POST", visitors=422, signed_in=422, sends={"pass": ""}),
    cell("incidents:link", "GET", allow={ADMIN: 200}),
    cell("incidents:link-renew", "POST", allow={ADMIN: 302}),
    cell("incidents:poster", "GET", allow={ADMIN: 200}),
    cell(
        "incidents:answer",
        "POST",
        "anonymous",
        allow={PSYCHOLOGIST: within(302, same_school=404), LEAD: only(302, ASSIGNED, SAME_SCHOOL)},
        sends={"text": "Спасибо, что написали"},
    ),
    cell(
        "incidents:picture",
        "GET",
        "anonymous",
        allow={PSYCHOLOGIST: within(200, same_school=404), LEAD: only(200, ASSIGNED, SAME_SCHOOL)},
    ),
    api(
        "api:incident-answer",
        "POST",
        "anonymous",
        allow={PSYCHOLOGIST: within(204, same_school=404), LEAD: only(204, ASSIGNED, SAME_SCHOOL)},
        sends={"text": "Спасибо, что написали"},
    ),
]
