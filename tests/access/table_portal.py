"""A parent sees and decides for the own child, a grown pupil for oneself; nobody else's child, not even of the same
school or of an earlier time. The lead psychologist answers their requests, the data protection officer reads them."""

from caseflow.consent.enums import Purpose
from caseflow.consent.selectors.own import own_consents
from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, each, only, open_to_all, within
from tests.consent.factories import text

GUARDIANS = (Role.PARENT, Role.PUPIL)
PSYCHOLOGIST, LEAD, DPO = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.DPO
OWN_CHILD = each(GUARDIANS, only(200, OWN))
PURPOSE = "routine_screening"


def _purpose(asked: Asked) -> Sent:
    return {"decision": "refuse"}


def _refusal(asked: Asked) -> Sent:
    return {"pupil": str(asked.thing["pupil"]), "purpose": PURPOSE}


def _consent(asked: Asked) -> Sent:
    rows = own_consents(asked.places[asked.role], "en") if asked.role else []
    shown = [row.shown_sha256 for row in rows if (row.pupil, row.purpose) == (asked.thing["pupil"], PURPOSE)]
    said = {"text": str(text(Purpose(PURPOSE)).pk), "language": "en", "confirmed": True}
    return _refusal(asked) | said | {"shown_sha256": shown[0] if shown else "0" * 64}


TABLE: list[Cell] = [
    cell("portal:home", "GET", "pupil", allow=OWN_CHILD, sends=lambda asked: {"child": asked.thing["pupil"]}),
    cell("portal:decide", "POST", "purpose", allow=OWN_CHILD, sends=_purpose),
    cell(
        "portal:ask",
        "POST",
        "pupil",
        allow=each(GUARDIANS, only(302, OWN)),
        sends={"kind": "question", "words": "Кто читал?"},
    ),
    cell("portal:plan", "GET", "pupil", allow={Role.PARENT: only(200, OWN)}),
    cell("portal:export", "GET", "pupil", allow=OWN_CHILD),
    api("api:child-shared-plan", "GET", "pupil", allow=OWN_CHILD),
    open_to_all("portal:join", "GET", visitors=200, signed_in=200),
    open_to_all("portal:join", "POST", visitors=422, signed_in=422, sends={"code": ""}),
    cell("portal:requests", "GET", allow=each((LEAD, DPO), 200)),
    cell("portal:answer", "POST", "request", allow={LEAD: within(302)}, sends={"words": "Человек проверил вывод"}),
    cell("portal:withheld", "GET", allow={PSYCHOLOGIST: 200}),
    cell(
        "portal:release",
        "POST",
        "withheld",
        allow={PSYCHOLOGIST: only(302, OWN, ASSIGNED, SAME_SCHOOL)},
        sends=lambda asked: {"obj": asked.thing["obj"]},
    ),
    api("api:consent-list", "GET", allow=each(GUARDIANS, 200)),
    api("api:consent-refuse", "POST", "pupil", allow=each(GUARDIANS, only(204, OWN)), sends=_refusal),
    # Nothing was given yet: who decides is told so, for anybody else there is no such pupil.
    api("api:consent-withdraw", "POST", "pupil", allow=each(GUARDIANS, only(409, OWN)), sends=_refusal),
    api("api:consent-give", "POST", "pupil", allow=each(GUARDIANS, only(204, OWN)), sends=_consent),
    api("api:child-list", "GET", allow=each(GUARDIANS, 200)),
    api("api:child-access-log", "GET", "pupil", allow=OWN_CHILD),
    api("api:child-requests", "GET", "pupil", allow=OWN_CHILD),
    api("api:child-export", "GET", "pupil", allow=OWN_CHILD),
    api("api:child-plan", "GET", "pupil", allow={Role.PARENT: only(200, OWN)}),
    api(
        "api:child-ask",
        "POST",
        "pupil",
        allow=each(GUARDIANS, only(201, OWN)),
        sends={"kind": "question", "words": "Кто читал?"},
    ),
    api("api:request-list", "GET", allow=each((LEAD, DPO), 200)),
    api(
        "api:request-answer",
        "POST",
        "request",
        allow={LEAD: within(204, closed=409)},
        sends={"words": "Человек проверил вывод"},
    ),
    api("api:withheld-list", "GET", allow={PSYCHOLOGIST: 200}),
    api(
        "api:withheld-release",
        "POST",
        "withheld",
        allow={PSYCHOLOGIST: only(204, OWN, ASSIGNED, SAME_SCHOOL)},
        sends=lambda asked: {"obj": asked.thing["obj"]},
    ),
]
