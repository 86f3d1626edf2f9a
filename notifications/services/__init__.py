from notifications.services.alerts import (
    KEPT,
    News,
    alert,
    mark_seen,
    mark_seen_at,
    place,
    tell,
    tend,
    unmark_seen,
)
from notifications.services.claiming import sweep
from notifications.services.delivering import deliver_due
from notifications.services.planning import plan
from notifications.services.wishing import enter_browser, forget_browser, forget_browsers, set_preferences

__all__ = [
    "KEPT",
    "News",
    "alert",
    "deliver_due",
    "enter_browser",
    "forget_browser",
    "forget_browsers",
    "mark_seen",
    "mark_seen_at",
    "place",
    "plan",
    "set_preferences",
    "sweep",
    "tell",
    "tend",
    "unmark_seen",
]
