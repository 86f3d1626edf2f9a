"""Small pieces of pages that every room uses: icons, meters, names, times. Built in: no `{% load %}` needed."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from caseflow.addresses import address_if_there
from caseflow.audit.names import action_name as name_of_action
from caseflow.directory.enums import Role

register = template.Library()

RISK_STEPS = {"low": 1, "moderate": 2, "high": 3, "acute": 4}
RISK_WORDS = (gettext_lazy("Low"), gettext_lazy("Moderate"), gettext_lazy("High"), gettext_lazy("Acute"))
QUALITY_WORDS = (gettext_lazy("Weak"), gettext_lazy("Medium"), gettext_lazy("Good"))
MOST_SETTLED = 2000  # some kilobytes each
_settled: dict[tuple[object, ...], SafeString] = {}
MINUS = "\N{MINUS SIGN}"


@register.simple_tag
@cache
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the kit by its name ("alert-circle"). It is decoration: the meaning stands in words beside it."""
    return format_html('<i class="ti ti-{}{}" aria-hidden="true"></i>', name, f" {classes}" if classes else "")


@register.simple_tag
def address(page: str, *keys: UUID) -> str:
    """`{% url %}` for pages that take ids, and quicker; empty where the room of the page is not installed."""
    return address_if_there(page, *keys)


@register.simple_tag(takes_context=True)
def settled(context: Context, name: str, *by: object) -> SafeString:
    """A part of the page that is the same for everybody with the same language and `by`: drawn once, then kept.

    Only for what shows nothing of a person and asks no question of the database.
    """
    key = (name, get_language(), *by)
    if key not in _settled:
        if len(_settled) >= MOST_SETTLED:
            _settled.clear()
        _settled[key] = SafeString(context.template.engine.get_template(name).render(context))  # type: ignore[union-attr]
    return _settled[key]


@register.simple_tag
def risk(level: int | str | None) -> SafeString:
    """The four-step meter with its word. `level` is 1-4 or low, moderate, high, acute; None says "not assessed"."""
    step = RISK_STEPS.get(level, 0) if isinstance(level, str) else level or 0
    if not step:
        return format_html('<span class="sec">{}</span>', gettext("Not assessed"))
    meter = SafeString("<i></i>" * 4)
    return format_html(
        '<span class="c-risk" data-l="{}"><span aria-hidden="true">{}</span>{}</span>',
        step,
        meter,
        RISK_WORDS[step - 1],
    )


@register.simple_tag
def quality(step: int, text: str = "") -> SafeString:
    """Data quality 1-3 as dots and a word, with the reason below when there is one."""
    dots = SafeString("<i></i>" * 3)
    meter = format_html(
        '<span class="c-ev" data-q="{}"><span aria-hidden="true">{}</span>{}</span>',
        step,
        dots,
        QUALITY_WORDS[step - 1],
    )
    if not text:
        return meter
    return format_html('{}<span class="xs sec text-truncate d-block">{}</span>', meter, text)


@register.simple_tag
def avatar(user: Any) -> SafeString:
    """The initials in a circle, next to the full name, so hidden from readers of the page by ear."""
    letters = "".join(name[0] for name in (user.first_name, user.last_name) if name) or str(user)[:2]
    return format_html('<span class="c-avatar" aria-hidden="true">{}</span>', letters.upper())


@register.filter
def action_name(code: str) -> str:
    """How an act of the access log reads."""
    return name_of_action(code)


@register.filter
def daytime(moment: datetime | None) -> str:
    """«17.11, 09:38» in local time, with the year when it is another one; empty for None."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{shortdate(local.date())}, {local:%H:%M}"


@register.filter
def small_months(text: str) -> str:
    """A date in words as Kazakh writes it, months small: Django's Kazakh names of months are capitalised."""
    return text.lower() if get_language() == "kk" else text


@register.filter
def shortdate(day: date | None) -> str:
    """«17.11», or «17.11.2025» in another year than this one; empty for None. Moments count as local days."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return f"{day:%d.%m}" if day.year == timezone.localdate().year else f"{day:%d.%m.%Y}"


@register.filter
def duration(length: timedelta | float | None) -> str:
    """A length in seconds or as timedelta: «35 min», «5 h 20 min», «3 days»; a minus before one that is over.

    Minutes are rounded down, days too: what is shown as left is really left.
    """
    if length is None:
        return ""
    seconds = length.total_seconds() if isinstance(length, timedelta) else float(length)
    minutes = int(abs(seconds) // 60)
    return f"{MINUS if seconds < 0 else ''}{_in_words(minutes)}"


@register.filter
def playtime(seconds: float | None) -> str:
    """The length of a recording: «48 s» below a minute, above it as `duration`; empty for None."""
    if seconds is None or seconds >= 60:
        return duration(seconds)
    return gettext("%(seconds)s s") % {"seconds": int(seconds)}


def _in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if hours >= 24:
        return ngettext("%(days)s day", "%(days)s days", hours // 24) % {"days": hours // 24}
    if hours and rest:
        return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    if hours:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(minutes)s min") % {"minutes": rest}


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget in the product's look, marked when it holds an error."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        look = "form-check-input"
    else:
        look = "form-select" if isinstance(widget, Select) and widget.input_type == "select" else "form-control"
    classes = f"{widget.attrs.get('class', '')} {look}{' is-invalid' if field.errors else ''}".strip()
    return field.as_widget(attrs={"class": classes})


@register.filter
def role_name(value: str) -> str:
    """The role's name in the language of the page; an unknown or empty value stays as it is."""
    return str(Role(value).label) if value in Role.values else value
