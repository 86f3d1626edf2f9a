"""Files belong to those who work on the case; nobody else learns that there are any."""

from django.core.files.uploadedfile import SimpleUploadedFile

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, Asked, Cell, Sent, api, cell, only, within
from tests.access.table_cases import CHANGE, PSYCHOLOGIST, READ, REASON, SAID

LEAD = Role.LEAD_PSYCHOLOGIST
FILE = "attached"


def _files(_asked: Asked) -> Sent:
    return {"files": SimpleUploadedFile("a.txt", "Мінездеме".encode()), "visibility": "team"}


def _file(_asked: Asked) -> Sent:
    return {"file": SimpleUploadedFile("a.txt", "Мінездеме".encode()), "visibility": "team"}


TABLE: list[Cell] = [
    cell("attachments:case", "GET", "case", allow=READ),
    cell("attachments:card", "GET", "case", allow=READ),
    # Leads back to the list, where it is said which files were not kept, and why.
    cell("attachments:add", "POST", "case", allow=SAID, sends=_files),
    cell("attachments:found", "GET", FILE, allow=READ),
    cell("attachments:page", "GET", FILE, allow=READ),
    cell("attachments:download", "GET", FILE, allow=READ),
    cell("attachments:remove", "POST", FILE, allow=CHANGE, sends={"reason": REASON}),
    api("api:case-file-detail", "GET", "case", allow=READ),
    cell(
        "api:case-file-files",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(201, closed=409), LEAD: only(201, ASSIGNED, closed=409)},
        sends=_file,
        anonymous=403,
    ),
    api("api:attachment-detail", "GET", FILE, allow=READ),
    api("api:attachment-download", "GET", FILE, allow=READ),
    api("api:attachment-page", "GET", FILE, allow=READ),
    api(
        "api:attachment-remove",
        "POST",
        FILE,
        allow={PSYCHOLOGIST: within(204, closed=409), LEAD: only(204, ASSIGNED, closed=409)},
        sends={"reason": REASON},
    ),
]
