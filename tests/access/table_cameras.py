"""How a school's cameras are is read by its office, its psychologist and whoever looks after the installation; whence
their pictures come is entered by the office alone."""

from caseflow.directory.enums import Role
from tests.access.cells import OTHER_SCHOOL, OWN, Cell, api, cell, each, only

OFFICE, ADMINISTRATOR = Role.SCHOOL_ADMIN, Role.SYSTEM_ADMIN
AT_SCHOOL = (OFFICE, Role.PSYCHOLOGIST)
EACH = {**each(AT_SCHOOL, only(200, OWN)), ADMINISTRATOR: only(200, OWN, OTHER_SCHOOL)}
ALL = each((*AT_SCHOOL, ADMINISTRATOR), 200)
ADDRESS = {"source": "stream", "address": "rtsp://viewer:secret@10.1.2.3/live"}

TABLE: list[Cell] = [
    cell("analytics:cameras", "GET", allow=ALL),
    cell("analytics:camera-list", "GET", allow=ALL),
    cell("analytics:camera", "GET", "camera", allow=EACH),
    cell("analytics:camera-health", "GET", "camera", allow=EACH),
    cell("analytics:camera-link", "POST", "camera", allow={OFFICE: only(302, OWN)}, sends=ADDRESS),
    cell("analytics:camera-switch", "POST", "camera", allow={OFFICE: only(302, OWN)}, sends={"on": "1"}),
    api("api:camera-health-list", "GET", allow=ALL),
    api("api:camera-health-detail", "GET", "camera", allow=EACH),
]
