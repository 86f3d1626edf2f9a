"""Clips of a report are added, seen and removed by those who decide on it, while it is under review (rule 12)."""

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, SAME_SCHOOL, Answer, By, Cell, cell, only, within

LEAD = Role.LEAD_PSYCHOLOGIST
REASON = {"reason": "Видно, кто кого толкнул у раздевалки"}
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "100"}


def deciding(status: int, closed: Answer = 404) -> dict[Role, By | Answer]:
    """`status` for who decides on the report; what the one gets who decided on it."""
    by_school = within(status, same_school=404, closed=closed)
    return {Role.PSYCHOLOGIST: by_school, LEAD: only(status, ASSIGNED, SAME_SCHOOL)}


TABLE: list[Cell] = [
    cell("analytics:clips", "GET", "clip_report", allow=deciding(200, closed=200)),
    cell("analytics:clip-list", "GET", "clip_report", allow=deciding(286, closed=286)),  # htmx: ask no more
    cell("analytics:clip-upload", "POST", "clip_report", allow=deciding(201, closed=403), headers=TUS),
    cell("analytics:clip-add", "POST", "clip_report", allow=deciding(302, closed=422), sends=REASON),
    cell("analytics:clip-drop", "POST", "clip_report", allow=deciding(302, closed=302)),
    cell("analytics:clip", "GET", "clip", allow=deciding(200)),
    cell("analytics:clip-file", "GET", "clip", allow=deciding(200)),
    cell("analytics:clip-sharp", "POST", "clip", allow=deciding(200), sends=REASON),
    cell("analytics:clip-sharp-file", "GET", "clip", allow=deciding(200)),
    cell("analytics:clip-remove", "POST", "clip", allow=deciding(302), sends=REASON),
]
