"""Published figures in templates; a hidden one is always the same mark."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from caseflow.coordination.disclosure import Published
from caseflow.coordination.wording import change_words, count_words, percent_words

register = template.Library()
register.filter("percent", percent_words)
register.filter("change", change_words)
register.filter("count", count_words)


@register.filter
def figure(count: Published) -> SafeString | int:
    """The published count, or the mark of a hidden one."""
    return format_html('<span class="c-sup k2">{}</span>', gettext("hidden")) if count is None else count
