"""Released reports are for the prosecutor, the council and the analyst of the region; two of them compose one. What an
agency owes is for the prosecutor and for its own head. The
terms in force are read by those who work with them. The schema and its page tell nothing about anybody."""

from django.utils import timezone

from caseflow.directory.enums import Role
from caseflow.indicators.rules.periods import finished_quarters
from tests.access.cells import ASSIGNED, OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, each, only, open_to_all

COMPOSERS = (Role.PROSECUTOR, Role.COUNCIL_CHAIR)
COUNCIL = (*COMPOSERS, Role.COUNCIL_MEMBER)
READERS = (*COUNCIL, Role.ANALYST)
CORRECT = each(COMPOSERS, only(302, OWN, SAME_SCHOOL))
ASKED = only(422, OWN, SAME_SCHOOL)  # signatures were asked for already, of somebody else
READ = each(READERS, only(200, OWN, SAME_SCHOOL))
OWED = {Role.PROSECUTOR: only(200, OWN, ASSIGNED), Role.AGENCY_HEAD: only(200, OWN)}


def _quarter(_asked: Asked) -> Sent:
    quarter = finished_quarters(timezone.localdate(), 1)[0]
    return {"period": quarter.code, "district": "", "comment": ""}


def _indicator(_asked: Asked) -> Sent:
    texts = {f"{what}_{language}": what for what in ("name", "meaning") for language in ("kk", "ru", "en")}
    return {"counted": ["incidents:conflict", "incidents:other"], **texts}


def _correction(_asked: Asked) -> Sent:
    return {"reason": "Two reports were of one event.", "comment": ""}


TABLE: list[Cell] = [
    cell("coordination:list", "GET", allow=each(READERS, 200)),
    cell("coordination:create", "GET", allow=each(COMPOSERS, 200)),
    cell("coordination:create", "POST", allow=each(COMPOSERS, 302), sends=_quarter),
    cell("coordination:report", "GET", "council", allow=READ),
    cell("coordination:correct", "GET", "council", allow=each(COMPOSERS, only(200, OWN, SAME_SCHOOL))),
    cell(
        "coordination:correct", "POST", "council", allow=each(COMPOSERS, only(302, OWN, SAME_SCHOOL)), sends=_correction
    ),
    cell("coordination:ask", "POST", "council", allow=each(COMPOSERS, ASKED)),
    cell("coordination:sign", "POST", "council", allow=each(READERS, ASKED), sends={"seen": "x", "answer": "sign"}),
    cell("coordination:excuse", "POST", "council", allow=each(COMPOSERS, ASKED), sends={"words": "away"}),
    cell("coordination:signature", "GET", "council", allow=each(COUNCIL, only(200, OWN, SAME_SCHOOL))),
    cell("coordination:file", "GET", "council", allow=READ),
    cell("indicators:catalogue", "GET", allow=each(READERS, 200)),
    cell("indicators:add", "GET", allow=each(COMPOSERS, 200)),
    cell("indicators:add", "POST", allow=each(COMPOSERS, 302), sends=_indicator),
    cell("indicators:end", "POST", "indicator", allow=CORRECT),
    cell("duties:desk", "GET", allow=each(tuple(OWED), 200)),
    cell("duties:body", "GET", "duty_body", allow=OWED),
    api("api:duty-list", "GET", allow=each(tuple(OWED), 200)),
    api("api:duty-detail", "GET", "duty_body", allow=OWED),
    api("api:indicator-list", "GET", allow=each(READERS, 200)),
    api("api:report-list", "GET", allow=each(READERS, 200)),
    api("api:report-detail", "GET", "council", allow=READ),
    api("api:school-list", "GET", allow={Role.SYSTEM_ADMIN: 200}),
    api("api:class-list", "GET", allow=each((Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN), 200)),
    api("api:lesson-list", "GET", allow=each((Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN), 200)),
    api("api:pupil-list", "GET", allow={Role.PSYCHOLOGIST: 200}),
    open_to_all("api:schema", "GET", visitors=200, signed_in=200),
    open_to_all("api:docs", "GET", visitors=200, signed_in=200),
]
