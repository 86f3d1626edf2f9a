"""Which endpoints offer what each page of the council offers; read together with `offered`."""

from typing import Final

# A page → the endpoints that offer the same, without "api:".
OF_COUNCIL: Final[dict[str, tuple[str, ...]]] = {
    "council:add-item POST": ("council-session-items POST",),
    "council:attendance GET": ("council-session-detail GET",),
    "council:attendance POST": ("council-session-attendance POST",),
    "council:call GET": ("council-session-list GET",),
    "council:call POST": ("council-session-list POST",),
    "council:call-off POST": ("council-session-call-off POST",),
    "council:change GET": ("council-session-detail GET",),
    "council:change POST": ("council-session-change POST",),
    "council:change-draft GET": ("council-decision-detail GET",),
    "council:change-draft POST": ("council-decision-change POST",),
    "council:close POST": ("council-session-close POST",),
    "council:decision GET": ("council-decision-detail GET",),
    "council:draft GET": ("council-session-detail GET",),
    "council:draft POST": ("council-decision-list POST",),
    "council:drop POST": ("council-decision-detail DELETE",),
    "council:evidence GET": ("council-evidence-detail GET",),
    "council:heard GET": ("council-session-detail GET",),
    "council:heard POST": ("council-item-heard POST",),
    "council:home GET": ("council-session-list GET", "council-decision-list GET"),
    "council:item GET": ("council-session-detail GET",),
    "council:item POST": ("council-item-change POST",),
    "council:members GET": ("council-member-list GET",),
    "council:move POST": ("council-decision-move POST",),
    "council:move-item POST": ("council-item-shift POST", "council-item-detail DELETE"),
    "council:open POST": ("council-session-open POST",),
    "council:register GET": ("council-decision-list GET",),
    "council:seat POST": ("council-member-list POST",),
    "council:session GET": ("council-session-detail GET",),
    "council:unseat POST": ("council-member-end POST",),
    "duties:body GET": ("duty-detail GET",),
    "duties:desk GET": ("duty-list GET",),
}
