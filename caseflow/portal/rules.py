"""What a guardian can learn of the access log (rule 10a). Everything not known to be harmless is withheld."""

import re
from collections.abc import Set
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

LAG = timedelta(days=14)  # for every guardian alike
SHOWN_FOR = timedelta(days=90)
READINGS = re.compile(r"^(read|\w*_read|export|print)$")
CASE = "cases.Case"
# What may be shown without anybody's release; a case only while no incident is linked with it.
HARMLESS = {
    "pupil": _("the pupil's card"),
    "mood": _("values of the mood analysis"),
    "signal": _("a signal of the mood analysis"),
    "consent.PaperScan": _("a consent on paper"),
    "legal_request": _("a copy given on a legal request"),
    CASE: _("the case"),
}
OTHER = _("a record")


def subject_of(obj: str) -> str:
    """What kind of thing an audit entry is about: "cases.Case/1f…" is "cases.Case", "pupil 1f…" is "pupil"."""
    return re.split(r"[ :/]", obj, maxsplit=1)[0]


def is_reading(action: str) -> bool:
    """Whether the entry says that somebody looked."""
    return READINGS.match(action) is not None


def may_learn(obj: str, touched: Set[str], released: Set[str]) -> bool:
    """Whether guardians may learn that `obj` was read.

    `touched` are the objects linked with an incident or a report, `released` those that a human let go.
    """
    return obj in released or (subject_of(obj) in HARMLESS and obj not in touched)
