"""A legal request is for whoever made it, for the lead psychologists of its region and, once prepared, for the
protection officer. What was given is read by whoever asked alone. The lead of this table is of a district."""

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL, Asked, Cell, Sent, cell, each, only

ASKER, LEAD, OFFICER = Role.PROSECUTOR, Role.LEAD_PSYCHOLOGIST, Role.DPO
EVERYWHERE = (OWN, SAME_SCHOOL, OTHER_SCHOOL)
NOWHERE = only(404, OWN)


def _document(asked: Asked) -> Sent:
    return {
        "ground": "court",
        "act": "ст. 1",
        "number": f"{asked.role}-1",
        "dated": timezone.localdate().isoformat(),
        "last_name": "Иванов",
        "first_name": "Иван",
        "birth_date": "2012-02-02",
        "asked": "Сведения",
    }


def _seen(asked: Asked) -> Sent:
    return {"seen": asked.thing["seen"], "days": "10"}


WHY = {"words": "Не нужно"}
TABLE: list[Cell] = [
    cell("legalrequests:list", "GET", allow=each((ASKER, LEAD, OFFICER), 200)),
    cell("legalrequests:ask", "GET", allow={ASKER: 200}),
    cell("legalrequests:ask", "POST", allow={ASKER: 302}, sends=_document),
    cell(
        "legalrequests:request",
        "GET",
        "legal_request",
        allow={ASKER: only(200, OWN, CLOSED), LEAD: NOWHERE, OFFICER: only(200, *EVERYWHERE, CLOSED)},
    ),
    cell("legalrequests:prepare", "GET", "legal_wish", allow={LEAD: NOWHERE}),
    cell("legalrequests:prepare", "POST", "legal_wish", allow={LEAD: NOWHERE}),
    cell(
        "legalrequests:approve",
        "POST",
        "legal_request",
        allow={OFFICER: only(302, *EVERYWHERE, CLOSED)},
        sends=_seen,
    ),
    cell(
        "legalrequests:refuse",
        "POST",
        "legal_request",
        allow={LEAD: NOWHERE, OFFICER: only(302, *EVERYWHERE, CLOSED)},
        sends=WHY,
    ),
    cell("legalrequests:withdraw", "POST", "legal_request", allow={ASKER: only(302, OWN, CLOSED)}, sends=WHY),
    cell("legalrequests:paper", "GET", "legal_copy", allow={ASKER: only(200, OWN)}),
]
