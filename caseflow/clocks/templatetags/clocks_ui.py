from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.text import capfirst

from caseflow.clocks.models import Clock, DutyCall
from caseflow.clocks.selectors import reading
from caseflow.clocks.selectors.escalation import reached_by
from caseflow.clocks.texts import TARGETS
from notifications.texts import label_of

register = template.Library()

ICONS = {"soon": "clock", "late": "alert-circle", "done": "check"}


@register.inclusion_tag("clocks/_due.html")
def due(clock: Clock | None, label: str | Promise, reason: str | Promise = "") -> dict[str, Any]:
    """A deadline as a clock with a bar; it counts down in the browser (`static/js/clock.js`).

    No clock shows "not required", with `reason` below. Makes no query: fetch the clock with its owner.
    """
    read = reading(clock)
    return {
        "clock": clock,
        "label": label,
        "reason": reason,
        "read": read,
        "icon": ICONS.get(read.state, ""),
        "percent": round(read.share_used * 100),
    }


@register.inclusion_tag("clocks/_told.html")
def told(clock: Clock | None) -> dict[str, Any]:
    """How far a missed clock has climbed its ladder: who was told last, and when; nothing where nobody was.

    One query, and none for a clock that has not climbed.
    """
    step = reached_by(clock) if clock and clock.escalation_step else None
    return {"step": step, "whom": [TARGETS.get(code, code) for code in step.told] if step else []}


@register.simple_tag
def call_reason(call: DutyCall) -> str:
    """What a duty call is about, in words."""
    return capfirst(label_of("reason", call.reason))
