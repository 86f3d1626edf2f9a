"""Clips of unusual motion are looked at and answered by those who decide in the queue; the police operator sees those
that a human sent to the own centre, until they are closed there (rules 12 and 17)."""

from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OWN, SAME_SCHOOL, Answer, By, Cell, cell, each, only

PSYCHOLOGIST, LEAD, OPERATOR = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.POLICE_OPERATOR
REASON = {"reason": "Надо понять, кто лежит на полу"}
ANSWER, SEND = {"answer": "fight"}, {"confirmed": "yes"}
DECIDING: dict[Role, By | Answer] = {PSYCHOLOGIST: only(200, OWN), LEAD: only(200, SAME_SCHOOL)}
LOOKING = {**DECIDING, OPERATOR: only(200, OWN)}
# Answered already, not looked at yet, sent already, not a report: in scope, and refused in words.
REFUSED = {PSYCHOLOGIST: only(422, OWN, CLOSED), LEAD: only(422, SAME_SCHOOL)}

TABLE: list[Cell] = [
    cell("analytics:disturbance-cameras", "GET", allow=each((PSYCHOLOGIST, LEAD, Role.SCHOOL_ADMIN), 200)),
    cell("analytics:disturbance", "GET", "disturbance", allow={**DECIDING, PSYCHOLOGIST: only(200, OWN, CLOSED)}),
    cell("analytics:disturbance-answer", "POST", "disturbance", allow=REFUSED, sends=ANSWER),
    cell(
        "analytics:disturbance-send",
        "POST",
        "disturbance",
        allow={**REFUSED, PSYCHOLOGIST: only(422, OWN)},
        sends=SEND,
    ),
    cell("analytics:disturbance-sent", "GET", "disturbance", allow={OPERATOR: only(200, OWN)}),
    cell("analytics:disturbance-file", "GET", "disturbance", allow=LOOKING),
    cell("analytics:disturbance-sharp", "POST", "disturbance", allow=LOOKING, sends=REASON),
    cell("analytics:disturbance-sharp-file", "GET", "disturbance", allow=LOOKING),
    cell("alarms:notice", "GET", "notice", allow={OPERATOR: only(200, OWN, CLOSED)}),
    cell(
        "alarms:close-notice",
        "POST",
        "notice",
        allow={OPERATOR: only(302, OWN, closed=409)},
        sends={"finding": "fight"},
    ),
]
