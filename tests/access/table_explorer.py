"""Released figures are asked by those who read the reports of the region; a view is its owner's, and may be shared.
Two of them choose what the region publishes; that is for everybody, signed in or not."""

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, OTHER_SCHOOL, OWN, Asked, Cell, Sent, api, cell, each, only

DECIDERS = (Role.PROSECUTOR, Role.COUNCIL_CHAIR)
READERS = (*DECIDERS, Role.COUNCIL_MEMBER, Role.ANALYST)
EVERYBODY = each(tuple(Role), only(200, OWN, OTHER_SCHOOL))
CHOSEN = {"indicator": "violence"}
NAMED = {"name": "Басқа атау", "shared": True}


def _view(_asked: Asked) -> Sent:
    return {"name": "Жаңа", "query": "indicator=events&place=region&period=newest"}


def _asked(_asked: Asked) -> Sent:
    asked = {"indicators": ["events"], "places": ["region"], "periods": ["newest"]}
    return {"name": "Жаңа", "asked": asked | {"shown": "figure", "rows": "place", "columns": "indicator"}}


def _open(route: str, method: str) -> Cell:
    return cell(route, method, "open_region", allow=EVERYBODY, anonymous=200, revoked=200)


TABLE: list[Cell] = [
    cell("explorer:explore", "GET", allow=each(READERS, 200)),
    cell("explorer:file", "GET", "explored", allow=each(READERS, only(200, OWN))),
    cell("explorer:views", "GET", allow=each(READERS, 200)),
    cell("explorer:views", "POST", allow=each(READERS, 302), sends=_view),
    cell("explorer:view", "GET", "saved_view", allow=each(READERS, only(200, OWN))),
    cell("explorer:view", "POST", "saved_view", allow=each(READERS, only(302, OWN)), sends=NAMED),
    cell("explorer:remove", "POST", "saved_view", allow=each(READERS, only(302, OWN))),
    cell("publishing:choose", "GET", allow=each(DECIDERS, 200)),
    cell("publishing:choose", "POST", allow=each(DECIDERS, 302), sends=CHOSEN),
    cell("publishing:preview", "GET", allow=each(DECIDERS, 200), sends=CHOSEN),
    cell("publishing:withdraw", "POST", allow=each(DECIDERS, 302)),
    *(_open(f"open:{name}", method) for name in ("page", "embed", "json", "csv") for method in ("GET", "HEAD")),
    api("api:explorer-list", "GET", allow=each(READERS, 200)),
    api("api:saved-view-list", "GET", allow=each(READERS, 200)),
    api("api:saved-view-list", "POST", allow=each(READERS, 201), sends=_asked),
    api("api:saved-view-detail", "GET", "saved_view", allow=each(READERS, only(200, OWN, ASSIGNED))),
    api("api:saved-view-detail", "DELETE", "saved_view", allow=each(READERS, only(204, OWN))),
    api("api:saved-view-change", "POST", "saved_view", allow=each(READERS, only(200, OWN)), sends=NAMED),
]
