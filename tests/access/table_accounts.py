"""Signing in and out, one's own settings, the front door, the alerts: open to everybody or to whoever is signed in."""

from caseflow.directory.enums import Role
from tests.access.cells import JSON, LOGIN, OWN, Cell, cell, each, only, open_to_all

TABLE: list[Cell] = [
    open_to_all("accounts:login", "GET", visitors=200, signed_in=302),
    open_to_all("accounts:login", "POST", visitors=422, signed_in=302, sends={"username": "", "password": ""}),
    open_to_all("accounts:logout", "POST", visitors=302, signed_in=302),
    open_to_all("accounts:lock", "GET", visitors=LOGIN, signed_in=302),
    open_to_all("accounts:lock", "POST", visitors=LOGIN, signed_in=200, sends={"action": "lock"}),
    open_to_all("accounts:touch", "POST", visitors=LOGIN, signed_in=204),
    open_to_all("accounts:preferences", "POST", visitors=302, signed_in=302, sends={"language": "kk"}),
    open_to_all("accounts:profile", "GET", visitors=LOGIN, signed_in=200),
    open_to_all("accounts:profile", "POST", visitors=LOGIN, signed_in=302, sends={"language": "kk", "theme": "dark"}),
    open_to_all("accounts:password", "GET", visitors=LOGIN, signed_in=200),
    open_to_all("accounts:password", "POST", visitors=LOGIN, signed_in=422, sends={"old": "wrong"}),
    cell("home", "GET", allow={}, others=302),
    open_to_all("notifications:stream", "GET", visitors=401, signed_in=200),
    open_to_all("notifications:bell", "GET", visitors=LOGIN, signed_in=200),
    open_to_all("notifications:seen", "POST", visitors=LOGIN, signed_in=400, sends={"cursor": "no cursor"}),
    open_to_all("notifications:channels", "GET", visitors=LOGIN, signed_in=200),
    open_to_all("notifications:channels", "POST", visitors=LOGIN, signed_in=302, sends={"email": "on"}),
    open_to_all("notifications:enter-browser", "POST", visitors=LOGIN, signed_in=400, sends={"endpoint": "http://x/"}),
    open_to_all("notifications:forget-browser", "POST", visitors=LOGIN, signed_in=302),
    open_to_all("notifications:waiting", "GET", visitors=401, signed_in=200),
    open_to_all("service-worker", "GET", visitors=200, signed_in=200),
    open_to_all("accounts:reach", "GET", visitors=LOGIN, signed_in=200),
    open_to_all("accounts:reach", "POST", visitors=LOGIN, signed_in=302, sends={"email": "", "phone": ""}),
    cell(
        "directory:act",
        "POST",
        "membership",
        allow=each(tuple(Role), only(302, OWN)),
        revoked=404,
        sends=lambda asked: {"membership": asked.thing["pk"]},
    ),
    open_to_all("directory:setup", "GET", visitors=302, signed_in=302),
    open_to_all("directory:setup", "POST", visitors=302, signed_in=302),
    open_to_all("api:alert-list", "GET", visitors=403, signed_in=200),
    open_to_all("api:alert-seen", "POST", visitors=403, signed_in=400, sends={"cursor": "no cursor"}, body=JSON),
]
