"""Rows of the queue. Drawn in Python and not in a template: a queue shows hundreds, each with a dozen questions."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from caseflow.clocks.selectors import reading
from caseflow.clocks.templatetags.drawing import drawn_clock
from caseflow.directory.enums import Role
from caseflow.directory.templatetags.ui import daytime, icon, quality
from caseflow.triage.enums import OFFERED_REASONS, Audience, ItemKind, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.rules import needs_words
from caseflow.triage.selectors import LinkableCase, Row

register = template.Library()


@register.filter
def explains_every_dismissal(item: TriageItem) -> bool:
    """Whether no reason is offered that says enough by itself."""
    return all(needs_words(item.kind, reason, second_person=item.second_person) for reason in OFFERED_REASONS)


@register.simple_tag(takes_context=True)
def row_head(context: dict[str, Any], row: Row) -> SafeString:
    """What a row shows while it is closed: what happened, with whom, where, how good the data are, the two deadlines.

    Makes no query: fetch the rows with `rows_of`.
    """
    item = row.item
    for_lead = item.audience == Audience.LEAD or context["request"].actor.role == Role.LEAD_PSYCHOLOGIST
    what = _readable(row, for_lead=for_lead) if row.readable else _withdrawn(item)
    why_not = gettext("for unusual motion") if item.kind == ItemKind.DISTURBANCE else gettext("for signals")
    return format_html(
        '<div class="r" data-head><span class="c-kind" title="{}">{}</span>{}{}{}</div>',
        item.get_kind_display(),
        icon(row.icon),
        what,
        drawn_clock(item.psych_clock, reading(item.psych_clock), gettext("Psychological assessment"), ""),
        drawn_clock(item.legal_clock, reading(item.legal_clock), gettext("Legal assessment"), why_not),
    )


@register.simple_tag
def case_options(cases: Iterable[LinkableCase]) -> SafeString:
    """The cases to choose from: typing a name finds one, so the name comes first."""
    text = gettext("%(pupil)s, %(class)s · no. %(number)s")
    return format_html_join(
        "",
        '<option value="{}">{}</option>',
        ((case.pk, text % {"number": case.number, "pupil": case.pupil, "class": case.school_class}) for case in cases),
    )


def _readable(row: Row, *, for_lead: bool) -> SafeString:
    return format_html(
        '<div class="grow">{}<div class="sm sec text-truncate">{}<span class="nw num">{}</span></div>{}'
        '<div class="row-f gap-1 c-marks">{}</div></div><div class="stack-s sm gap-0 c-evcell">{}</div>',
        _title(row.item, row.title),
        _whom_and_where(row),
        daytime(row.item.created_at),
        format_html('<div class="xs sec">{}</div>', row.item.school) if for_lead else "",
        format_html_join("", '<span class="c-tag"{}>{}{}</span>', _marks(row)),
        quality(row.item.quality, row.quality),
    )


def _withdrawn(item: TriageItem) -> SafeString:
    taken_back = item.state == ItemState.WITHDRAWN
    return format_html(
        '<div class="grow">{}<div class="sm sec">{} · {}</div></div><div class="c-evcell"></div>',
        _title(item, item.get_state_display() if taken_back else gettext("Consent withdrawn, nothing to show")),
        item.get_kind_display(),
        daytime(item.created_at),
    )


def _title(item: TriageItem, title: str) -> SafeString:
    return format_html(
        '<div class="b6 text-truncate">'
        '<a class="plain text-body" href="{}?item={}" data-open tabindex="-1">{}</a></div>',
        reverse("triage:today"),
        item.pk,
        title,
    )


def _whom_and_where(row: Row) -> SafeString:
    item = row.item
    parts: list[object] = []
    if item.pupil:
        of_class = f", {item.pupil.school_class}" if item.pupil.school_class else ""
        parts.append(format_html('<span class="b5 text-body">{}</span>{} · ', item.pupil.short_name, of_class))
    elif not item.decided_elsewhere:
        parts.append(format_html('<span class="b5">{}</span> · ', gettext("Pupil not named")))
    if row.place:
        parts.append(f"{row.place} · ")
    if row.line:
        parts.append(f"{row.line}, ")
    return format_html("{}" * len(parts), *parts) if parts else SafeString("")


def _marks(row: Row) -> list[tuple[SafeString, SafeString, str]]:
    item = row.item
    marks: list[tuple[str, str, str]] = []
    if item.ai_generated:
        marks.append((" data-ai", "cpu", gettext("found by the system, %(model)s") % {"model": item.model_label}))
    if item.demo:
        marks.append((" data-demo", "", gettext("Demo")))
    if item.audience == Audience.LEAD:
        marks.append(("", "lock", gettext("only for lead psychologists")))
    if item.state == ItemState.SECOND_PERSON:
        marks.append(("", "users", gettext("waits for a second person")))
    if row.claimed_by:
        marks.append((" data-claimed", "pencil", gettext("%(name)s is deciding now") % {"name": row.claimed_by}))
    return [(SafeString(mark), icon(sign) if sign else SafeString(""), text) for mark, sign, text in marks]
