"""Published figures in templates; a hidden one is always the same mark."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from caseflow.disclosure.rounding import Published
from caseflow.indicators.rules.periods import period_named
from caseflow.releases.wording import change_words, count_words, percent_words, period_words, times_words

register = template.Library()
register.filter("percent", percent_words)
register.filter("change", change_words)
register.filter("count", count_words)
register.filter("times", times_words)


@register.filter
def figure(count: Published) -> SafeString | int:
    """The published count, or the mark of a hidden one."""
    return hidden_mark() if count is None else count


@register.simple_tag
def hidden_mark() -> SafeString:
    """The mark of a hidden figure."""
    return format_html('<span class="c-sup k2">{}</span>', gettext("hidden"))


@register.filter
def period(code: str) -> str:
    """«2026-Q3» in words."""
    return period_words(period_named(code))
