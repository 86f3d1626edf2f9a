"""What somebody is writing is theirs alone: a colleague who writes into the same form has a draft of their own."""

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, OWN, SAME_SCHOOL, Cell, api, cell, each, only

PSYCHOLOGIST, LEAD = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST
TASKS = (Role.SOCIAL_PEDAGOGUE, Role.CLASS_TEACHER, Role.PRINCIPAL)
WRITERS = (PSYCHOLOGIST, LEAD, *TASKS)
# Where nothing of one's own is kept, a psychologist may begin; those with a task have no other form at all.
BEGIN = {
    PSYCHOLOGIST: only(200, ASSIGNED, SAME_SCHOOL, own=409),
    LEAD: only(200, ASSIGNED, own=409),
    **each(TASKS, only(409, OWN)),
}
DISCARD = {
    PSYCHOLOGIST: only(204, ASSIGNED, SAME_SCHOOL, own=409),
    LEAD: only(204, ASSIGNED, own=409),
    **each(TASKS, only(409, OWN)),
}
COMPARE = {
    PSYCHOLOGIST: only(204, ASSIGNED, SAME_SCHOOL, own=200),
    LEAD: only(204, ASSIGNED, own=200),
    **each(TASKS, only(200, OWN)),
}

TABLE: list[Cell] = [
    api("api:draft-list", "GET", allow=each(WRITERS, 200)),
    api("api:draft-detail", "GET", "written", allow=each(WRITERS, only(200, OWN))),
    api("api:draft-detail", "PUT", "written", allow=BEGIN, sends={"written": {"text": "Разговор"}}),
    api("api:draft-detail", "DELETE", "written", allow=DISCARD),
    cell("drafts:compare", "POST", "written", allow=COMPARE, sends={"text": "Разговор"}),
    cell(
        "drafts:discard",
        "POST",
        "written",
        allow={
            PSYCHOLOGIST: only(302, OWN, ASSIGNED, SAME_SCHOOL),
            LEAD: only(302, OWN, ASSIGNED),
            **each(TASKS, only(302, OWN)),
        },
    ),
]
