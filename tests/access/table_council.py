"""The council is for its chair, its members and the prosecutor of the region; two of them prepare its sessions, the
chair alone decides. An agency reads and answers the decisions that it carries out, and no others."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, OWN, Asked, Cell, Sent, api, cell, each, only

CHAIR, PROSECUTOR, OFFICER = Role.COUNCIL_CHAIR, Role.PROSECUTOR, Role.AGENCY_OFFICER
STEERERS = (CHAIR, PROSECUTOR)
READERS = (*STEERERS, Role.COUNCIL_MEMBER)
CARRIERS = (OFFICER, Role.AGENCY_HEAD)
FOLLOWERS = (*READERS, *CARRIERS)
WORDS = "Сделано"


def _steers(status: int, **by: int) -> dict[Role, Any]:
    return each(STEERERS, only(status, OWN, **by))


def _reads(*relations: Any) -> dict[Role, Any]:
    return each(READERS, only(200, OWN, *relations))


def _follows(status: int) -> dict[Role, Any]:
    return each(READERS, only(status, OWN, ASSIGNED, CLOSED)) | each(CARRIERS, only(status, OWN, CLOSED))


def _proves() -> dict[Role, Any]:
    return each(READERS, only(200, OWN, ASSIGNED)) | each(CARRIERS, only(200, OWN))


def _called(_asked: Asked) -> Sent:
    return {"kind": "ordinary", "starts_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "place": "Акимат"}


def _seat(_asked: Asked) -> Sent:
    since = timezone.localdate().isoformat()
    return {"name": "Новый член", "position": "Судья", "duty": "member", "since": since}


def _there(asked: Asked) -> Sent:
    member = asked.places.things["council_seat"][OWN]["pk"]
    return {f"at-{member}": "present", f"for-{member}": ""}


def _there_too(asked: Asked) -> Sent:
    return {"presences": [{"member": asked.places.things["council_seat"][OWN]["pk"], "presence": "present"}]}


def _draft(_asked: Asked) -> Sent:
    due = timezone.localdate() + timedelta(days=9)
    return {"text": "Провести учения", "person": "Начальник", "due_on": due.isoformat()}


def _drafted(asked: Asked) -> Sent:
    return _draft(asked) | {"session": str(asked.places.things["council_session"][OWN]["pk"])}


NAMED = {"name_kk": "Кеңес", "name_ru": "Совет", "name_en": "", "quorum_percent": 50}
POINT, HEARD, LIFT = {"title": "О кнопках"}, {"heard": "Заслушано"}, {"words": WORDS}
MOVED = {CHAIR: only(200, OWN, ASSIGNED, closed=409)} | {
    Role.COUNCIL_MEMBER: only(409, OWN, ASSIGNED, CLOSED),
    PROSECUTOR: only(409, OWN, ASSIGNED, CLOSED),
    **each(CARRIERS, only(409, OWN, CLOSED)),
}
TABLE: list[Cell] = [
    cell("council:home", "GET", allow=each(READERS, 200)),
    cell("council:members", "GET", allow=each(READERS, 200)),
    cell("council:seat", "POST", allow=each(STEERERS, 302), sends=_seat),
    cell("council:unseat", "POST", "council_seat", allow=_steers(302)),
    cell("council:setup", "GET", allow=each(STEERERS, 200)),
    cell("council:setup", "POST", allow=each(STEERERS, 302), sends=NAMED),
    cell("council:call", "GET", allow=each(STEERERS, 200)),
    cell("council:call", "POST", allow=each(STEERERS, 302), sends=_called),
    cell("council:session", "GET", "council_session", allow=_reads(CLOSED)),
    cell("council:change", "GET", "council_planned", allow=_steers(200)),
    cell("council:change", "POST", "council_planned", allow=_steers(302), sends=_called),
    cell("council:call-off", "POST", "council_planned", allow=_steers(302), sends={"reason": WORDS}),
    cell("council:open", "POST", "council_planned", allow=_steers(302)),
    cell("council:close", "POST", "council_session", allow={CHAIR: only(302, OWN, CLOSED)}),
    cell("council:attendance", "GET", "council_session", allow=_steers(200, closed=200)),
    cell("council:attendance", "POST", "council_session", allow=_steers(302, closed=422), sends=_there),
    cell("council:add-item", "POST", "council_session", allow=_steers(302, closed=422), sends=POINT),
    cell("council:minutes", "GET", "council_session", allow=_reads(CLOSED)),
    cell("council:draft", "GET", "council_session", allow=_steers(200, closed=200)),
    cell("council:draft", "POST", "council_session", allow=_steers(302, closed=422), sends=_draft),
    cell("council:item", "GET", "council_point", allow=_steers(200, closed=200)),
    cell("council:item", "POST", "council_point", allow=_steers(302, closed=422), sends=POINT),
    cell("council:heard", "GET", "council_point", allow=_steers(200, closed=200)),
    cell("council:heard", "POST", "council_point", allow=_steers(302, closed=422), sends=HEARD),
    cell("council:move-item", "POST", "council_point", allow=_steers(302, closed=302)),
    cell("council:register", "GET", allow=each(FOLLOWERS, 200)),
    cell("council:register-file", "GET", allow=each(FOLLOWERS, 200)),
    cell("council:decision", "GET", "council_decision", allow=_follows(200)),
    cell("council:change-draft", "GET", "council_motion", allow=_steers(200)),
    cell("council:change-draft", "POST", "council_motion", allow=_steers(302), sends=_draft),
    cell("council:drop", "POST", "council_motion", allow=_steers(302)),
    cell("council:move", "POST", "council_decision", allow=_follows(302), sends=LIFT),
    cell("council:evidence", "GET", "council_proof", allow=_proves()),
    api("api:council-member-list", "GET", allow=each(READERS, 200)),
    api("api:council-member-list", "POST", allow=each(STEERERS, 201), sends=_seat),
    api("api:council-member-end", "POST", "council_seat", allow=_steers(200)),
    api("api:council-session-list", "GET", allow=each(READERS, 200)),
    api("api:council-session-list", "POST", allow=each(STEERERS, 201), sends=_called),
    api("api:council-session-detail", "GET", "council_session", allow=_reads(CLOSED)),
    api("api:council-session-change", "POST", "council_planned", allow=_steers(200), sends=_called),
    api("api:council-session-call-off", "POST", "council_planned", allow=_steers(200), sends={"reason": WORDS}),
    api("api:council-session-open", "POST", "council_planned", allow=_steers(200)),
    api("api:council-session-close", "POST", "council_session", allow={CHAIR: only(409, OWN, CLOSED)}),
    api("api:council-session-attendance", "POST", "council_session", allow=_steers(200, closed=409), sends=_there_too),
    api("api:council-session-items", "POST", "council_session", allow=_steers(201, closed=409), sends=POINT),
    api("api:council-item-change", "POST", "council_point", allow=_steers(200, closed=409), sends=POINT),
    api("api:council-item-heard", "POST", "council_point", allow=_steers(200, closed=409), sends=HEARD),
    api("api:council-item-shift", "POST", "council_point", allow=_steers(200, closed=409), sends={"up": True}),
    api("api:council-item-detail", "DELETE", "council_point", allow=_steers(204, closed=409)),
    api("api:council-decision-list", "GET", allow=each(FOLLOWERS, 200)),
    api("api:council-decision-list", "POST", allow=each(STEERERS, 201), sends=_drafted),
    api("api:council-decision-detail", "GET", "council_decision", allow=_follows(200)),
    api("api:council-decision-detail", "DELETE", "council_motion", allow=_steers(204)),
    api("api:council-decision-change", "POST", "council_motion", allow=_steers(200), sends=_draft),
    api("api:council-decision-move", "POST", "council_decision", allow=MOVED, sends={"move": "lift"} | LIFT),
    api("api:council-evidence-detail", "GET", "council_proof", allow=_proves()),
]
