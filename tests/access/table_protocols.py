"""A protocol at work is part of its case: whoever may open the case may open it, and nobody else."""

from datetime import timedelta

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, OWN, Asked, Cell, Sent, api, cell, only, within

PSYCHOLOGIST, LEAD = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST
READ = {PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)}
CHANGE = {PSYCHOLOGIST: within(302, closed=422), LEAD: only(302, ASSIGNED, closed=422)}
CHANGE_BY_API = {PSYCHOLOGIST: within(200, closed=409), LEAD: only(200, ASSIGNED, closed=409)}
# Steps are open, nobody asks for an end, the step asked about takes words and not dates, nobody has assessed the risk
# since the flow began: who may, is told so.
SAID = {PSYCHOLOGIST: within(422), LEAD: only(422, ASSIGNED, CLOSED)}
SAID_BY_API = {PSYCHOLOGIST: within(409), LEAD: only(409, ASSIGNED, CLOSED)}
# It runs in these cases already, or they are closed: the page of the case says so.
AGAIN = {PSYCHOLOGIST: within(302), LEAD: only(302, ASSIGNED, CLOSED)}
AGAIN_BY_API = {PSYCHOLOGIST: within(409), LEAD: only(409, ASSIGNED, CLOSED)}
WORDS = {"text": "Направлен к психиатру, примут завтра"}
REFERRED = WORDS | {"to_whom": "детский психиатр поликлиники"}


def _dates() -> list[str]:
    now = timezone.localtime()
    return [(now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M") for days in (2, 7, 30)]


def _looks(_asked: Asked) -> Sent:
    return dict(zip(("first", "second", "third"), _dates(), strict=True))


def _looks_by_api(_asked: Asked) -> Sent:
    return {"looks": _dates()}


def _second(asked: Asked) -> Sent:
    return {"member": asked.places[LEAD].membership.pk, "reason": "Коллега в отпуске"}


# Only the lead of a region writes protocols, and the lead here is a district's; a draft of another region is not there.
SEEN = {PSYCHOLOGIST: only(200, OWN, CLOSED), LEAD: only(200, OWN, CLOSED)}
WRITTEN = {LEAD: only(403, OWN, CLOSED, other_school=403)}
NAMES = {"kk": "Тәртіп", "ru": "Порядок", "en": "Procedure"}


def _text(_asked: Asked) -> Sent:
    return {"title": NAMES, "source": "[P]", "steps": [], "seen": "0"}


TABLE: list[Cell] = [
    cell("protocols:list", "GET", allow={PSYCHOLOGIST: 200, LEAD: 200}),
    cell("protocols:new", "GET", allow={LEAD: 403}),
    cell("protocols:new", "POST", allow={LEAD: 403}),
    cell("protocols:version", "GET", "protocol", allow=SEEN),
    cell("protocols:draft", "POST", "protocol", allow=WRITTEN),
    cell("protocols:edit", "GET", "protocol", allow=WRITTEN),
    cell("protocols:edit", "POST", "protocol", allow=WRITTEN),
    cell("protocols:publish", "POST", "protocol", allow=WRITTEN),
    cell("protocols:discard", "POST", "protocol", allow=WRITTEN),
    cell("protocols:withdraw", "POST", "protocol", allow=WRITTEN, sends={"reason": "Отменён"}),
    api("api:protocol-list", "GET", allow={PSYCHOLOGIST: 200, LEAD: 200}),
    api("api:protocol-list", "POST", allow={LEAD: 403}, sends=_text),
    api("api:protocol-detail", "GET", "protocol", allow=SEEN),
    api("api:protocol-detail", "PUT", "protocol", allow=WRITTEN, sends=_text),
    api("api:protocol-detail", "DELETE", "protocol", allow=WRITTEN),
    api("api:protocol-draft", "POST", "protocol", allow=WRITTEN),
    api("api:protocol-publish", "POST", "protocol", allow=WRITTEN),
    api("api:protocol-withdraw", "POST", "protocol", allow=WRITTEN, sends={"reason": "Отменён"}),
    cell("protocols:own", "GET", allow={PSYCHOLOGIST: 200, LEAD: 200}),
    cell("protocols:of-case", "GET", "case", allow=READ),
    cell("protocols:begin", "POST", "case", allow=AGAIN),
    cell("protocols:flow", "GET", "flow", allow=READ),
    cell("protocols:do", "POST", "flow", allow=CHANGE, sends=REFERRED),
    cell("protocols:waive", "POST", "flow", allow=SAID, sends=WORDS),
    cell("protocols:looks", "POST", "flow", allow=SAID, sends=_looks),
    cell("protocols:ask-end", "POST", "flow", allow=SAID, sends=WORDS),
    cell("protocols:confirm", "POST", "flow", allow=SAID, sends=WORDS),
    cell("protocols:send-back", "POST", "flow", allow=SAID, sends=WORDS),
    cell("protocols:second", "POST", "flow", allow=CHANGE, sends=_second),
    api("api:flow-own", "GET", allow={PSYCHOLOGIST: 200, LEAD: 200}),
    api("api:flow-of-case", "GET", "case", allow=READ),
    api("api:flow-begin", "POST", "case", allow=AGAIN_BY_API),
    api("api:flow-detail", "GET", "flow", allow=READ),
    api("api:flow-do", "POST", "flow", allow=CHANGE_BY_API, sends=REFERRED),
    api("api:flow-waive", "POST", "flow", allow=SAID_BY_API, sends=WORDS),
    api("api:flow-looks", "POST", "flow", allow=SAID_BY_API, sends=_looks_by_api),
    api("api:flow-ask-end", "POST", "flow", allow=SAID_BY_API, sends=WORDS),
    api("api:flow-confirm", "POST", "flow", allow=SAID_BY_API, sends=WORDS),
    api("api:flow-send-back", "POST", "flow", allow=SAID_BY_API, sends=WORDS),
    api("api:flow-second", "POST", "flow", allow=CHANGE_BY_API, sends=_second),
]
