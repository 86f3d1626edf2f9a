"""Released reports are for the prosecutor, the council and the analyst of the region; two of them compose one. The
terms in force are read by those who work with them. The schema and its page tell nothing about anybody."""

from django.utils import timezone

from caseflow.coordination.rules import finished_quarters
from caseflow.directory.enums import Role
from tests.access.cells import OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, each, only, open_to_all

COMPOSERS = (Role.PROSECUTOR, Role.COUNCIL_CHAIR)
READERS = (*COMPOSERS, Role.COUNCIL_MEMBER, Role.ANALYST)
READ = each(READERS, only(200, OWN, SAME_SCHOOL))


def _quarter(_asked: Asked) -> Sent:
    quarter = finished_quarters(timezone.localdate(), 1)[0]
    return {"quarter": f"{quarter.year}-{quarter.number}", "comment": ""}


TABLE: list[Cell] = [
    cell("coordination:list", "GET", allow=each(READERS, 200)),
    cell("coordination:create", "GET", allow=each(COMPOSERS, 200)),
    cell("coordination:create", "POST", allow=each(COMPOSERS, 302), sends=_quarter),
    cell("coordination:report", "GET", "council", allow=READ),
    cell("coordination:pdf", "GET", "council", allow=READ),
    api("api:report-list", "GET", allow=each(READERS, 200)),
    api("api:report-detail", "GET", "council", allow=READ),
    api("api:school-list", "GET", allow={Role.SYSTEM_ADMIN: 200}),
    api("api:class-list", "GET", allow=each((Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN), 200)),
    api("api:lesson-list", "GET", allow=each((Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN), 200)),
    api("api:pupil-list", "GET", allow={Role.PSYCHOLOGIST: 200}),
    open_to_all("api:schema", "GET", visitors=200, signed_in=200),
    open_to_all("api:docs", "GET", visitors=200, signed_in=200),
]
