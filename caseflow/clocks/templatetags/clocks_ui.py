from typing import Any

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from caseflow.clocks.enums import ClockState
from caseflow.clocks.models import Absence, Clock, DeadlineRule, DutyCall, EscalationStep
from caseflow.clocks.selectors import reading
from caseflow.clocks.selectors.escalation import reached_by
from caseflow.clocks.templatetags.drawing import drawn_clock
from caseflow.clocks.texts import (
    TARGETS,
    away_in_words,
    code_in_words,
    count_of,
    overdue_in_words,
    stored_text,
    term_in_words,
    told_in_words,
)
from caseflow.directory.models import Membership
from notifications.texts import label_of

register = template.Library()

RUNS = frozenset({ClockState.RUNNING, ClockState.PAUSED, ClockState.SOON})


@register.simple_tag
def due(clock: Clock | None, label: str | Promise, reason: str | Promise = "") -> SafeString:
    """A deadline as a clock with a bar; it counts down in the browser (`static/js/clock.js`).

    No clock shows "not required", with `reason` below. Makes no query: fetch the clock with its owner.
    """
    return drawn_clock(clock, reading(clock), label, reason)


@register.inclusion_tag("clocks/_told.html")
def told(clock: Clock | None) -> dict[str, Any]:
    """How far a missed clock has climbed its ladder: who was told last, and when; nothing where nobody was.

    One query, and none for a clock that has not climbed.
    """
    step = reached_by(clock) if clock and clock.escalation_step else None
    return {"step": step, "whom": [TARGETS.get(code, code) for code in step.told] if step else []}


@register.simple_tag
def clock_name(code: str) -> str:
    """What a deadline is about, in words."""
    return capfirst(code_in_words(code))


@register.filter
def shipped(text: str) -> str:
    """A source or a note in the language of the page."""
    return stored_text(text)


@register.simple_tag
def term(rule: DeadlineRule | EscalationStep) -> str:
    """A term, or the wait of a step, in words."""
    return term_in_words(rule.amount, rule.unit, rule.basis)


@register.simple_tag
def overdue_for(clock: Clock) -> str:
    """For how long a missed clock has been overdue, in words."""
    return overdue_in_words(timezone.now() - clock.due_at)


@register.simple_tag
def length(amount: int, unit: str) -> str:
    """A length of time in words."""
    return count_of(amount, unit)


@register.simple_tag
def target(code: str) -> str:
    """Whom a step of a ladder tells, in words."""
    return str(TARGETS.get(code, code))


@register.simple_tag
def told_otherwise(code: str) -> str:
    """Who hears of a missed deadline that has no ladder, in words."""
    return told_in_words(code)


@register.simple_tag
def away_now(member: Membership, away: dict[int, Absence]) -> str:
    """Until when somebody is away, and who stands in; nothing for who is there."""
    return away_in_words(away[member.pk]) if member.pk in away else ""


@register.filter
def runs(clock: Clock | None) -> bool:
    """Whether there is a clock whose end has not come: what is done or overdue stays as it is. Makes no query."""
    return reading(clock).state in RUNS


@register.simple_tag
def call_reason(call: DutyCall) -> str:
    """What a duty call is about, in words."""
    return capfirst(label_of("reason", call.reason))
