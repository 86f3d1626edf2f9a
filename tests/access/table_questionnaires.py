"""The psychologist, and a lead with access to the case, give questionnaires and read answers; nobody else does. Whoever
fills one in by a code is asked for no login. Packs are imported by the lead of a region; the lead of the matrix is one
of a district."""

from caseflow.directory.enums import Role
from tests.access.cells import (
    ASSIGNED,
    CLOSED,
    OTHER_SCHOOL,
    OWN,
    Answer,
    Asked,
    By,
    Cell,
    Sent,
    api,
    cell,
    each,
    only,
    open_to_all,
    within,
)
from tests.instruments.factories import translated_pack

PSYCHOLOGIST, LEAD = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST
BOTH = (PSYCHOLOGIST, LEAD)
READ: dict[Role, By | Answer] = {PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)}
PACKS = each(BOTH, only(200, OWN))
NOT_OF_REGION: dict[Role, By | Answer] = {LEAD: {OWN: 403, OTHER_SCHOOL: 403}}


def _while_open(status: int, ended: int) -> dict[Role, By | Answer]:
    return {PSYCHOLOGIST: within(status, closed=ended), LEAD: only(status, ASSIGNED, closed=ended)}


def _given(asked: Asked) -> Sent:
    return {"version": str(asked.thing["version"]), "respondent": "pupil", "filling": "screen", "language": "en"}


def _total(asked: Asked) -> Sent:
    source = {"by": "Центр", "place": "на бумаге"}
    return {"version": str(asked.thing["sdq"]), "respondent": "parent", "total": 12, **source}


TABLE: list[Cell] = [
    cell("instruments:catalogue", "GET", allow=each(BOTH, 200)),
    cell("instruments:version", "GET", "pack", allow=PACKS),
    cell("instruments:file", "GET", "pack", allow=PACKS),
    cell("instruments:use", "POST", "pack", allow=NOT_OF_REGION),
    cell("instruments:import", "GET", allow={LEAD: 200}),
    cell("instruments:import", "POST", allow={LEAD: 422}),
    cell("instruments:case", "GET", "case", allow=READ),
    cell("instruments:card", "GET", "case", allow=READ),
    cell("instruments:choose", "GET", "case", allow=READ),
    cell("instruments:give", "GET", "offer", allow=READ),
    cell("instruments:give", "POST", "offer", allow=_while_open(302, 422), sends=_given),
    cell("instruments:administration", "GET", "questionnaire", allow=READ),
    cell("instruments:sheet", "GET", "questionnaire", allow=_while_open(200, 302)),
    cell("instruments:sheet", "POST", "questionnaire", allow=_while_open(200, 302), sends={"q-1": "1"}),
    cell("instruments:code", "POST", "coded", allow=_while_open(200, 302)),
    cell("instruments:stop", "POST", "questionnaire", allow=_while_open(302, 302)),
    open_to_all("questions:code", "GET", visitors=200, signed_in=200),
    open_to_all("questions:code", "POST", visitors=422, signed_in=422, sends={"code": ""}),
    open_to_all("questions:fill", "GET", visitors=302, signed_in=302),
    open_to_all("questions:fill", "POST", visitors=422, signed_in=422, sends={"pass": ""}),
    api("api:questionnaire-list", "GET", allow=each(BOTH, 200)),
    api("api:questionnaire-list", "POST", allow={LEAD: 403}, sends={"content": translated_pack()}),
    api("api:questionnaire-detail", "GET", "pack", allow=PACKS),
    api("api:questionnaire-use", "POST", "pack", allow=NOT_OF_REGION),
    api("api:case-questionnaire-detail", "GET", "case", allow=READ),
    api("api:case-questionnaire-offers", "GET", "case", allow=READ),
    api("api:case-questionnaire-give", "POST", "offer", allow=_while_open(201, 409), sends=_given),
    api("api:case-questionnaire-total", "POST", "offer", allow=_while_open(201, 409), sends=_total),
    api("api:given-questionnaire-detail", "GET", "questionnaire", allow=READ),
    api("api:given-questionnaire-sheet", "GET", "questionnaire", allow=_while_open(200, 409)),
    api(
        "api:given-questionnaire-answers",
        "POST",
        "questionnaire",
        allow=_while_open(200, 409),
        sends={"answers": {"1": 1}},
    ),
    api("api:given-questionnaire-finish", "POST", "questionnaire", allow=_while_open(200, 409)),
    api("api:given-questionnaire-code", "POST", "coded", allow=_while_open(200, 409)),
    api("api:given-questionnaire-stop", "POST", "questionnaire", allow=_while_open(200, 409)),
]
