"""The card of unusual motion (rule 6). Texts are msgids; the page translates them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from analytics.pipeline.disturbance.card import PACK, THRESHOLDS, VERSION

SLUG = "tirek-motion-1-0"

CARD: dict[str, Any] = {
    "slug": SLUG,
    "pack": PACK,
    "version": VERSION,
    "files": [],
    "risk_class": "medium",
    "autonomy": "assists",
    "owner": _("The school that operates the camera"),
    "purpose": _(
        "Notices motion before a corridor or yard camera that is unusual for that camera and hour, so that a human "
        "looks at a short clip. It is about motion, not persons: it recognises nobody and decides nothing."
    ),
    "limits": [
        _("Most of what it shows is ordinary: running, a game, a crowd that leaves. So a human answers each time."),
        _("It finds about a fifth of fights. That it shows nothing never means that nothing happened."),
        _("Slow, hidden or spoken violence does not move, and is never found."),
        _("A fight far from the camera, or behind others, moves too little of the picture."),
        _("It says nothing of an hour before it has seen ten minutes of motion, nor of a dark or frozen picture."),
        _("At most a few clips a camera and day are shown, the strongest first; the others are only counted."),
        _("No figures exist for cameras of schools in Kazakhstan; each camera's own are published from the answers."),
    ],
    "accuracy": [
        {
            "what": _("Fights told from other motion (area under the curve)"),
            "value": "0.75–0.78",
            "source": _("300 public surveillance clips, with such features"),
        },
        {
            "what": _("Fights found at 5 % false positives"),
            "value": "20 %",
            "source": _("300 public surveillance clips, with such features"),
        },
        {
            "what": _("False alarms a camera and school day, were every window told by itself"),
            "value": "540",
            "source": _("reckoned: windows of 2 s at 5 % false positives; hence few clips, the strongest first"),
        },
    ],
    "licence": "Apache-2.0",
    "review_on": date(2027, 9, 1),
    "thresholds": THRESHOLDS,
}

LABELS = {
    "window_s": gettext_lazy("Length of a window, seconds"),
    "least_taught": gettext_lazy("Windows with motion before anything is said of an hour"),
    "motion_limit": gettext_lazy("Limit in robust standard deviations of the camera's usual motion"),
    "least_fast": gettext_lazy("Speed of the fastest, in picture widths a second, at least"),
    "least_exceeding": gettext_lazy("Windows above the limit, at least"),
    "span": gettext_lazy("Among so many consecutive windows"),
}
