"""Every route's cells, room by room, written from the rules ("Who may see what"), never from what the code answers."""

from tests.access import (
    table_accounts,
    table_alarms,
    table_analysis,
    table_anonymous,
    table_bullying,
    table_cases,
    table_clocks,
    table_consent,
    table_coordination,
    table_directory,
    table_homes,
    table_incidents,
    table_photos,
    table_portal,
    table_triage,
)
from tests.access.cells import Cell

ROOMS = (
    table_accounts,
    table_directory,
    table_clocks,
    table_consent,
    table_cases,
    table_triage,
    table_incidents,
    table_bullying,
    table_homes,
    table_photos,
    table_alarms,
    table_anonymous,
    table_portal,
    table_coordination,
    table_analysis,
)
ALL: tuple[Cell, ...] = tuple(cell for room in ROOMS for cell in room.TABLE)
CELLS: dict[tuple[str, str], Cell] = {(cell.route, cell.method): cell for cell in ALL}

# Pages that no guard by role stands before. Everything else has one.
FOR_VISITORS = frozenset({
    "accounts:login",
    "accounts:logout",
    "accounts:preferences",
    "anonymous:answers",
    "anonymous:report",
    "anonymous:talk",
    "api:docs",
    "api:schema",
    "directory:setup",
    "panic:button-heartbeat",
    "panic:button-press",
    "panic:join",
    "panic:manifest",
    "panic:needed",
    "panic:panic",
    "panic:press",
    "panic:progress",
    "panic:real",
    "panic:word",
    "panic:worker",
    "portal:join",
    "service-worker",
})  # fmt: skip
FOR_ANYBODY_SIGNED_IN = frozenset({
    "/ws/alerts/",
    "accounts:lock",
    "accounts:password",
    "accounts:profile",
    "accounts:reach",
    "accounts:touch",
    "api:alert-list",
    "api:alert-seen",
    "directory:act",
    "home",
    "notifications:bell",
    "notifications:channels",
    "notifications:enter-browser",
    "notifications:forget-browser",
    "notifications:seen",
    "notifications:stream",
})  # fmt: skip
